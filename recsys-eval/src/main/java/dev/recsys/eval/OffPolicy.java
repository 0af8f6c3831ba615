package dev.recsys.eval;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * Estimates from a log what another policy would have got. Immutable.
 *
 * <p>Each estimator is the mean of one term a row, exactly (IPS, doubly robust) or to first order (SNIPS, by the delta
 * method: Owen, "Monte Carlo theory, methods and examples", 2013, section 9.2). The interval is the normal one of that
 * mean. Rows must be independent of each other; with few rewards and large weights a mean is not yet normal and the
 * interval too narrow, which is why {@link Minimum} refuses to judge.
 */
public final class OffPolicy {
    private static final double TOLERANCE = 1e-9;

    private final List<LoggedAction> log;
    private final TargetPolicy policy;
    private final double[] unclipped; // [row]
    private final OptionalDouble limit;
    private final Weights weights;
    private final long varyingRows;

    private OffPolicy(
            List<LoggedAction> log, TargetPolicy policy, double[] unclipped, OptionalDouble limit, long varyingRows) {
        this.log = log;
        this.policy = policy;
        this.unclipped = unclipped;
        this.limit = limit;
        this.weights = Weights.of(unclipped, limit);
        this.varyingRows = varyingRows;
    }

    /**
     * Weighs the rows of a log.
     *
     * @throws IllegalArgumentException if there are fewer than two rows, the policy takes nothing that is logged, or its
     *     probabilities do not add up to 1
     */
    public static OffPolicy of(List<LoggedAction> log, TargetPolicy policy) {
        List<LoggedAction> rows = List.copyOf(log);
        if (rows.size() < 2) {
            throw new IllegalArgumentException("the log has " + rows.size() + " rows; expected at least 2");
        }
        requireProbabilities(rows, policy);
        double[] weights = new double[rows.size()];
        for (int row = 0; row < weights.length; row++) {
            LoggedAction logged = rows.get(row);
            weights[row] = policy.probability(logged.action(), logged.position()) / logged.propensity();
        }
        if (Arrays.stream(weights).allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException(
                    "the policy takes none of the logged actions; name actions as the log does, or log others");
        }
        return new OffPolicy(rows, policy, weights, OptionalDouble.empty(), varying(rows));
    }

    /**
     * Takes no weight for more than a limit, which lowers the variance and makes the estimates biased: Ionides, "Truncated
     * importance sampling", JCGS 17 (2008), section 2.
     *
     * @throws IllegalArgumentException unless the limit is finite and above 0
     */
    public OffPolicy clippedAt(double newLimit) {
        if (!(newLimit > 0 && Double.isFinite(newLimit))) {
            throw new IllegalArgumentException(
                    "the limit of weights is " + newLimit + "; expected a finite number above 0");
        }
        return new OffPolicy(log, policy, unclipped, OptionalDouble.of(newLimit), varyingRows);
    }

    /** Estimates in one way. */
    public OffPolicyEstimate by(Estimator estimator) {
        double[] terms = // [row]
                switch (estimator) {
                    case IPS -> ips();
                    case SNIPS -> snips();
                    case DR -> doublyRobust();
                };
        double[] lifts = new double[terms.length]; // [row]
        for (int row = 0; row < terms.length; row++) {
            lifts[row] = terms[row] - log.get(row).reward();
        }
        return new OffPolicyEstimate(
                estimator,
                Estimate.ofMean(Moments.of(terms)),
                Estimate.ofMean(Moments.of(lifts)),
                weights,
                varyingRows);
    }

    /** Estimates in every way, in the order of {@link Estimator}. */
    public List<OffPolicyEstimate> all() {
        return Arrays.stream(Estimator.values()).map(this::by).toList();
    }

    /** Returns what the weights are like. */
    public Weights weights() {
        return weights;
    }

    /** Returns whether a row is of the first half, whose rewards a model of the second half predicts, or of the second. */
    static boolean isOfFirstHalf(int row) {
        return SplitMix.mix(row + 1L) < 0;
    }

    private double[] ips() {
        double[] terms = new double[log.size()];
        for (int row = 0; row < terms.length; row++) {
            terms[row] = weight(row) * log.get(row).reward();
        }
        return terms;
    }

    private double[] snips() {
        Sum sum = new Sum();
        Sum rewards = new Sum();
        for (int row = 0; row < log.size(); row++) {
            sum.add(weight(row));
            rewards.add(weight(row) * log.get(row).reward());
        }
        double value = rewards.value() / sum.value();
        double mean = sum.value() / log.size();
        double[] terms = new double[log.size()];
        for (int row = 0; row < terms.length; row++) {
            terms[row] = value + weight(row) * (log.get(row).reward() - value) / mean;
        }
        return terms;
    }

    private double[] doublyRobust() {
        RewardModel ofFirst = new RewardModel(log, policy, row -> !isOfFirstHalf(row));
        RewardModel ofSecond = new RewardModel(log, policy, OffPolicy::isOfFirstHalf);
        double[] terms = new double[log.size()];
        for (int row = 0; row < terms.length; row++) {
            LoggedAction logged = log.get(row);
            RewardModel model = isOfFirstHalf(row) ? ofFirst : ofSecond;
            double residual = logged.reward() - model.ofAction(logged.action(), logged.position());
            terms[row] = model.ofPolicy(logged.position()) + weight(row) * residual;
        }
        return terms;
    }

    private double weight(int row) {
        return Math.min(unclipped[row], limit.orElse(Double.MAX_VALUE));
    }

    private static void requireProbabilities(List<LoggedAction> log, TargetPolicy policy) {
        Set<Integer> positions = new TreeSet<>();
        log.forEach(row -> positions.add(row.position()));
        for (int position : positions) {
            Sum sum = new Sum();
            for (String action : policy.actions()) {
                double probability = policy.probability(action, position);
                if (!(probability >= 0 && probability <= 1)) {
                    throw new IllegalArgumentException("the policy takes " + action + " at position " + position
                            + " with probability " + probability + "; expected 0 to 1");
                }
                sum.add(probability);
            }
            if (!(Math.abs(sum.value() - 1) <= TOLERANCE)) {
                throw new IllegalArgumentException("the policy's probabilities at position " + position + " add up to "
                        + sum.value() + "; expected 1");
            }
        }
    }

    /** Counts the rows whose reward is not the most frequent one. */
    private static int varying(List<LoggedAction> log) {
        double[] rewards =
                log.stream().mapToDouble(LoggedAction::reward).sorted().toArray();
        int longest = 0;
        int start = 0;
        for (int row = 0; row < rewards.length; row++) {
            start = rewards[row] == rewards[start] ? start : row;
            longest = Math.max(longest, row - start + 1);
        }
        return rewards.length - longest;
    }
}
