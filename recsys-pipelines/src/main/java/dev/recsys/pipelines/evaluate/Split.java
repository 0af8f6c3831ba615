package dev.recsys.pipelines.evaluate;

import dev.recsys.pipelines.events.Events;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Where training ends and test begins: at an instant, or behind a share of the events by time. */
public final class Split {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Optional<Instant> instant;
    private final BigDecimal percent;

    private Split(Optional<Instant> instant, BigDecimal percent) {
        this.instant = instant;
        this.percent = percent;
    }

    /** Splits at an instant; its events are test. */
    public static Split at(Instant instant) {
        return new Split(Optional.of(instant), HUNDRED);
    }

    /**
     * Reads an instant such as {@code 2026-01-31T00:00:00Z}, or a share such as {@code 80%}.
     *
     * @throws IllegalArgumentException if it is neither, or the share is not more than 0 and less than 100
     */
    public static Split parse(String text) {
        if (!text.endsWith("%")) {
            try {
                return at(Instant.parse(text));
            } catch (DateTimeException e) {
                throw unexpected(text);
            }
        }
        try {
            BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
            if (percent.signum() > 0 && percent.compareTo(HUNDRED) < 0 && percent.scale() <= 6) {
                return new Split(Optional.empty(), percent);
            }
        } catch (NumberFormatException e) {
            throw unexpected(text);
        }
        throw unexpected(text);
    }

    /**
     * Returns the instant. For a share it is the time of the first event behind the share: of n events by time, the one
     * after the first {@code n * share}, rounded down; all events of its time are test.
     *
     * @throws IllegalArgumentException if there is no event
     */
    public Instant of(Events events) {
        if (instant.isPresent()) {
            return instant.get();
        }
        if (events.size() == 0) {
            throw new IllegalArgumentException("there is no event to split");
        }
        int first = BigDecimal.valueOf(events.size())
                .multiply(percent)
                .divideToIntegralValue(HUNDRED)
                .intValue();
        return Instant.ofEpochMilli(events.millis(Math.min(first, events.size() - 1)));
    }

    private static IllegalArgumentException unexpected(String text) {
        return new IllegalArgumentException("the split is '" + text
                + "'; expected an instant such as 2026-01-31T00:00:00Z, or a share of the events such as 80%");
    }
}
