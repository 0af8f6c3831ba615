package dev.recsys.eval;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Short ways to write lists and outcomes of one tenant; times are seconds. */
final class Logged {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Logged() {}

    static Instant at(long second) {
        return START.plusSeconds(second);
    }

    /** A list; an empty id or user is none. */
    static LoggedList list(String id, String user, long second, String... items) {
        return new LoggedList(
                "acme",
                "home",
                text(id),
                text(user),
                at(second),
                Arrays.stream(items)
                        .map(item -> new LoggedItem(item, 1, List.of()))
                        .toList(),
                List.of(),
                Optional.empty(),
                OptionalLong.empty());
    }

    static LoggedList of(LoggedList list, String experiment, String variant) {
        return of(list, list.surface(), experiment, variant);
    }

    static LoggedList of(LoggedList list, String surface, String experiment, String variant) {
        return new LoggedList(
                list.tenant(),
                surface,
                list.requestId(),
                list.user(),
                list.at(),
                list.items(),
                list.facets(),
                Optional.of(new LoggedList.Variant(experiment, variant)),
                list.latencyNanos());
    }

    /** An outcome; an empty id or user is none. */
    private static LoggedOutcome outcome(String type, String id, String user, String item, long second) {
        return new LoggedOutcome("acme", text(user), item, type, at(second), OptionalDouble.empty(), text(id));
    }

    static LoggedOutcome click(String id, String user, String item, long second) {
        return outcome("click", id, user, item, second);
    }

    private static Optional<String> text(String text) {
        return Optional.of(text).filter(given -> !given.isEmpty());
    }
}
