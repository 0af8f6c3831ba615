package dev.recsys.pipelines.signals;

import java.time.Duration;

/**
 * What is on the rise: the events of the newest window against those of the windows before it.
 *
 * <p>With {@code now} the weights of an item's events in {@code (asOf - window, asOf]} and {@code before} those in {@code
 * (asOf - (1 + windowsBefore) * window, asOf - window]}, an item's score is {@code (now + smoothing) / (before /
 * windowsBefore + smoothing)}; both windows are half-open, so that an event is in one of them or in none. Items without an
 * event in the newest window are left out. Ages make no difference within a window. The idea that a burst is a rate
 * against its usual rate is that of Kleinberg: Bursty and Hierarchical Structure in Streams, KDD 2002; his automaton is
 * not.
 *
 * @param window how long a window is, at least a millisecond
 * @param windowsBefore how many windows before make the usual rate, 1 to 1000
 * @param smoothing the weight that every item is given in each window, so that few events make no trend; more than 0, at
 *     most 1e9
 */
public record Trend(Duration window, int windowsBefore, double smoothing) {
    /** The last 7 days against the 7 days before, with a smoothing of 10. */
    public static final Trend WEEKLY = new Trend(Duration.ofDays(7), 1, 10);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number; the message names it
     */
    public Trend {
        Params.requirePositive("trend-days", Params.days(window), 36_500);
        Params.requireRange("trend-windows", windowsBefore, 1, 1_000);
        Params.requirePositive("trend-smoothing", smoothing, 1e9);
    }
}
