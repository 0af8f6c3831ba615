package dev.recsys.eval;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Something a user did with an item.
 *
 * @param tenant where
 * @param user who, if that is known
 * @param item with which item
 * @param type what, such as {@code click}
 * @param at when
 * @param value what it was worth, if that is known; finite
 * @param requestId the list that the item was in, if that is known
 */
public record LoggedOutcome(
        String tenant,
        Optional<String> user,
        String item,
        String type,
        Instant at,
        OptionalDouble value,
        Optional<String> requestId) {
    /** By time, then by all that tells two apart. */
    static final Comparator<LoggedOutcome> ORDER = Comparator.comparing(LoggedOutcome::at)
            .thenComparing(LoggedOutcome::tenant)
            .thenComparing(outcome -> outcome.user().orElse(""))
            .thenComparing(LoggedOutcome::item)
            .thenComparing(LoggedOutcome::type)
            .thenComparing(outcome -> outcome.requestId().orElse(""))
            .thenComparingDouble(outcome -> outcome.value().orElse(Double.NEGATIVE_INFINITY));

    /** Refuses a value that is no number. */
    public LoggedOutcome {
        Checks.finite("value", value.orElse(0));
    }
}
