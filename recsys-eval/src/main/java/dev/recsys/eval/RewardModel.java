package dev.recsys.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Predicts the mean reward of an action at a position from some rows: their mean, drawn towards the mean of the position by
 * as many rows as {@link #PRIOR_ROWS} says, and that likewise towards the mean of all. The smoothing is ours; whatever the
 * model says, the doubly robust estimator stays right, and only its variance depends on it.
 */
final class RewardModel {
    static final double PRIOR_ROWS = 10;

    private record Slot(String action, int position) {}

    private static final class Tally {
        private long rows;
        private final Sum reward = new Sum();

        void add(double value) {
            rows++;
            reward.add(value);
        }

        double mean(double prior) {
            return (reward.value() + PRIOR_ROWS * prior) / (rows + PRIOR_ROWS);
        }
    }

    private final TargetPolicy policy;
    private final Tally all = new Tally();
    private final Map<Integer, Tally> positions = new HashMap<>();
    private final Map<Slot, Tally> slots = new HashMap<>();
    private final Map<Integer, Double> ofPolicy = new HashMap<>();

    RewardModel(List<LoggedAction> log, TargetPolicy policy, IntPredicate rows) {
        this.policy = policy;
        for (int row = 0; row < log.size(); row++) {
            if (rows.test(row)) {
                LoggedAction logged = log.get(row);
                all.add(logged.reward());
                positions
                        .computeIfAbsent(logged.position(), position -> new Tally())
                        .add(logged.reward());
                slots.computeIfAbsent(new Slot(logged.action(), logged.position()), slot -> new Tally())
                        .add(logged.reward());
            }
        }
    }

    double ofAction(String action, int position) {
        double mean = all.rows == 0 ? 0 : all.reward.value() / all.rows;
        Tally place = positions.get(position);
        mean = place == null ? mean : place.mean(mean);
        Tally slot = slots.get(new Slot(action, position));
        return slot == null ? mean : slot.mean(mean);
    }

    /** Returns the mean prediction for what the policy does at a position. */
    double ofPolicy(int position) {
        return ofPolicy.computeIfAbsent(position, this::expected);
    }

    private double expected(int position) {
        Sum sum = new Sum();
        for (String action : policy.actions()) {
            sum.add(policy.probability(action, position) * ofAction(action, position));
        }
        return sum.value();
    }
}
