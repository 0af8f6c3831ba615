package dev.recsys.micrometer;

import dev.recsys.log.LogStats;
import java.util.function.Supplier;

/** The log of a name: meters stay while one log takes the place of another. */
final class LogSource {
    private volatile Supplier<LogStats> current;

    LogSource(Supplier<LogStats> first) {
        this.current = first;
    }

    void replaceBy(Supplier<LogStats> other) {
        current = other;
    }

    LogStats stats() {
        return current.get();
    }
}
