package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;

/** The scores of {@link Trend}. */
final class TrendScores implements ItemScores {
    private final Events events;
    private final EventWeights weights;
    private final Trend trend;
    private final long nowAfterMillis;
    private final long beforeAfterMillis;
    private final long asOfMillis;
    private final double[] now; // [item]
    private final double[] before; // [item]
    private final boolean[] seen; // [item] in the newest window
    private final int[] touched; // [entry] item
    private int touchedCount;

    TrendScores(Events events, EventWeights weights, Trend trend, long asOfMillis) {
        this.events = events;
        this.weights = weights;
        this.trend = trend;
        this.asOfMillis = asOfMillis;
        this.nowAfterMillis = asOfMillis - trend.window().toMillis();
        this.beforeAfterMillis = nowAfterMillis - trend.window().toMillis() * trend.windowsBefore();
        this.now = new double[events.itemCount()];
        this.before = new double[events.itemCount()];
        this.seen = new boolean[events.itemCount()];
        this.touched = new int[events.itemCount()];
    }

    @Override
    public void add(int event) {
        long millis = events.millis(event);
        if (millis <= beforeAfterMillis || millis > asOfMillis) {
            return;
        }
        int item = events.itemOf(event);
        if (now[item] == 0 && before[item] == 0 && !seen[item]) {
            touched[touchedCount++] = item;
        }
        if (millis > nowAfterMillis) {
            now[item] += weights.ofType(event);
            seen[item] = true;
        } else {
            before[item] += weights.ofType(event);
        }
    }

    @Override
    public void drainTo(BestItems best) {
        double smoothing = trend.smoothing();
        for (int i = 0; i < touchedCount; i++) {
            int item = touched[i];
            if (seen[item]) {
                best.offer(
                        item, (float) ((now[item] + smoothing) / (before[item] / trend.windowsBefore() + smoothing)));
            }
            now[item] = 0;
            before[item] = 0;
            seen[item] = false;
        }
        touchedCount = 0;
    }
}
