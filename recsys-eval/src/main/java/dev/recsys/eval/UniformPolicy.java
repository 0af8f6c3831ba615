package dev.recsys.eval;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/** Every action alike, everywhere. */
final class UniformPolicy implements TargetPolicy {
    private final List<String> actions;
    private final Set<String> known;
    private final double probability;

    UniformPolicy(SortedSet<String> actions) {
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("a uniform policy has no actions; expected at least one");
        }
        this.actions = List.copyOf(actions);
        this.known = Set.copyOf(actions);
        this.probability = 1.0 / actions.size();
    }

    @Override
    public List<String> actions() {
        return actions;
    }

    @Override
    public double probability(String action, int position) {
        return known.contains(action) ? probability : 0;
    }
}
