package dev.recsys.micrometer;

import dev.recsys.Assignment;
import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the answers of each variant; the first variants by name, later ones together. */
final class Variants {
    /** How many have counters of their own. */
    static final int MOST = 20;

    private final ScopeMeters meters;
    private final Map<Assignment, Counter> counters = new ConcurrentHashMap<>();

    Variants(ScopeMeters meters) {
        this.meters = meters;
    }

    Counter of(Assignment assignment) {
        Counter known = counters.get(assignment);
        return known != null ? known : added(assignment);
    }

    private synchronized Counter added(Assignment assignment) {
        boolean hasRoom = counters.size() < MOST;
        Counter added = counter(
                hasRoom ? assignment.experiment() : ScopeMeters.OTHER,
                hasRoom ? assignment.variant() : ScopeMeters.OTHER);
        if (hasRoom) {
            counters.put(assignment, added);
        }
        return added;
    }

    private Counter counter(String experiment, String variant) {
        return meters.counter(
                "recsys.experiment.answers", "Answers by variant", "experiment", experiment, "variant", variant);
    }
}
