package dev.recsys.postgres;

/**
 * Hears of what changed anywhere in the fleet, within a second as a rule. May hear of a change more than once, and of older
 * ones after newer ones. Runs on the one thread that listens: it must not wait. What it throws is logged.
 */
@FunctionalInterface
public interface FleetListener {
    /** Hears of a change. */
    void changed(FleetChange change);
}
