package dev.recsys.eval;

import java.util.OptionalDouble;

/**
 * What the weights of a log's rows are like: the target policy's probability of an action by that of the logging policy.
 *
 * @param rows how many rows
 * @param effectiveSampleSize the square of the weights' sum by the sum of their squares: as many rows of the target policy
 *     itself would tell about as much (Owen, "Monte Carlo theory, methods and examples", 2013, section 9.3; Kish, "Survey
 *     sampling", 1965)
 * @param unclipped the mean before clipping, with its interval; 1 where propensities are right and the logging policy takes
 *     every action that the target policy takes
 * @param largest the largest before clipping
 * @param limit where weights were clipped, if they were
 * @param clipped how many rows that changed
 */
public record Weights(
        long rows, double effectiveSampleSize, Estimate unclipped, double largest, OptionalDouble limit, long clipped) {
    static Weights of(double[] weights, OptionalDouble limit) {
        Sum sum = new Sum();
        Sum squares = new Sum();
        double largest = 0;
        long clipped = 0;
        for (double weight : weights) {
            double taken = Math.min(weight, limit.orElse(Double.MAX_VALUE));
            sum.add(taken);
            squares.add(taken * taken);
            largest = Math.max(largest, weight);
            clipped += taken < weight ? 1 : 0;
        }
        double effective = squares.value() > 0 ? sum.value() * sum.value() / squares.value() : 0;
        return new Weights(weights.length, effective, Estimate.ofMean(Moments.of(weights)), largest, limit, clipped);
    }
}
