package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;

/** What each event counts: the weight of its type, halved at every half-life of its age. */
final class EventWeights {
    private final Events events;
    private final double[] typeWeights; // [type]
    private final double halfLifeMillis;
    private final long asOfMillis;
    private long decayedMillis = Long.MIN_VALUE;
    private double decay;

    EventWeights(Events events, PopularitySettings settings, long asOfMillis) {
        this.events = events;
        this.halfLifeMillis = settings.halfLife().toMillis();
        this.asOfMillis = asOfMillis;
        this.typeWeights = new double[events.typeCount()];
        for (int type = 0; type < typeWeights.length; type++) {
            typeWeights[type] = settings.weights().getOrDefault(events.type(type), 1.0);
        }
    }

    double of(int event) {
        return ofType(event) * decay(events.millis(event));
    }

    /** Returns what an event counts whatever its age. */
    double ofType(int event) {
        int type = events.typeOf(event);
        return type < 0 ? 1 : typeWeights[type];
    }

    /** Events come in the order of their time, so that many in a row have the same. */
    private double decay(long millis) {
        if (millis != decayedMillis) {
            decayedMillis = millis;
            decay = StrictMath.pow(2, -Math.max(0, asOfMillis - millis) / halfLifeMillis);
        }
        return decay;
    }
}
