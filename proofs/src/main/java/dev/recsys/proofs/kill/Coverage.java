package dev.recsys.proofs.kill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * At which steps processes have halted themselves. An operation's steps are those before and after every call that it
 * takes when it commits undisturbed, as half of those seen do, or fewer.
 */
final class Coverage {
    private static final List<String> KINDS = List.of("ship", "rollback", "collect");

    private final Map<String, List<Integer>> calls = new TreeMap<>();
    private final Set<Step> hit = new HashSet<>();
    private final Set<Step> assigned = new HashSet<>();

    /** An operation committed undisturbed, with so many calls. */
    void committed(String kind, int itsCalls) {
        calls.computeIfAbsent(kind, unused -> new ArrayList<>()).add(itsCalls);
    }

    void hit(Step step) {
        hit.add(step);
    }

    /** A process that was to halt at a step is gone. */
    void release(Step step) {
        assigned.remove(step);
    }

    /** Returns where a new process should halt: where none has, as long as there is such a step. */
    Step next(Random random) {
        List<Step> all = all();
        List<Step> open = all.stream()
                .filter(step -> !hit.contains(step) && !assigned.contains(step))
                .toList();
        List<Step> choice = open.isEmpty() ? all : open;
        Step step = choice.get(random.nextInt(choice.size()));
        assigned.add(step);
        return step;
    }

    boolean knowsSteps() {
        return !all().isEmpty();
    }

    private List<Step> all() {
        List<Step> all = new ArrayList<>();
        for (String kind : KINDS) {
            for (int call = 1; call <= median(kind); call++) {
                all.addAll(Arrays.asList(new Step(kind, call, false), new Step(kind, call, true)));
            }
        }
        return all;
    }

    private int median(String kind) {
        List<Integer> sorted =
                calls.getOrDefault(kind, List.of()).stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (String kind : KINDS) {
            long steps = 2L * median(kind);
            long covered = all().stream()
                    .filter(step -> step.kind().equals(kind) && hit.contains(step))
                    .count();
            parts.add(kind + " " + covered + " of " + steps);
        }
        long beyond = hit.stream().filter(step -> !all().contains(step)).count();
        return String.join(", ", parts) + (beyond == 0 ? "" : ", and " + beyond + " later ones");
    }
}
