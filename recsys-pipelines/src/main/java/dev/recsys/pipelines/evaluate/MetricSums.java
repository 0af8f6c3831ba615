package dev.recsys.pipelines.evaluate;

/** Adds ranks up to metrics. */
final class MetricSums {
    private static final int HIT_CUT = 10;
    private static final int RECALL_CUT = 20;

    private long sessions;
    private long cases;
    private double hits;
    private double recalls;
    private double gains;

    /**
     * Adds one session.
     *
     * @param ranks the rank of each hidden item, from 1
     */
    void addSession(long[] ranks) {
        double sessionHits = 0;
        double sessionRecalls = 0;
        double sessionGains = 0;
        for (long rank : ranks) {
            sessionHits += rank <= HIT_CUT ? 1 : 0;
            sessionRecalls += rank <= RECALL_CUT ? 1 : 0;
            sessionGains += rank <= HIT_CUT ? StrictMath.log(2) / StrictMath.log(rank + 1.0) : 0;
        }
        sessions++;
        cases += ranks.length;
        hits += sessionHits / ranks.length;
        recalls += sessionRecalls / ranks.length;
        gains += sessionGains / ranks.length;
    }

    BasketMetrics metrics() {
        double divisor = Math.max(1, sessions);
        return new BasketMetrics(sessions, cases, hits / divisor, recalls / divisor, gains / divisor);
    }
}
