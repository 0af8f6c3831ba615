package dev.recsys.control;

import dev.recsys.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Something a user did with an item.
 *
 * @param scope where it happened
 * @param user who did it
 * @param item with which item
 * @param type what it was, such as {@code click} or {@code purchase}
 * @param at when
 * @param value what it was worth, such as a price, if that is known; negative for what was given back
 * @param requestId the request whose list the item was in, under the name that the host gave it, if that is known
 */
public record Outcome(
        Scope scope,
        String user,
        String item,
        String type,
        Instant at,
        OptionalDouble value,
        Optional<String> requestId) {
    /**
     * Refuses blank ids.
     *
     * @throws IllegalArgumentException if user, item, type or the request's id is blank, or the value is not finite
     */
    public Outcome {
        requireText("user", user);
        requireText("item", item);
        requireText("type", type);
        requestId.ifPresent(id -> requireText("requestId", id));
        if (!Double.isFinite(value.orElse(0))) {
            throw new IllegalArgumentException("outcome.value is " + value.orElse(0) + "; expected a finite number");
        }
    }

    /** Without a value and a request. */
    public Outcome(Scope scope, String user, String item, String type, Instant at) {
        this(scope, user, item, type, at, OptionalDouble.empty(), Optional.empty());
    }

    /** Says what it was worth. */
    public Outcome withValue(double worth) {
        return new Outcome(scope, user, item, type, at, OptionalDouble.of(worth), requestId);
    }

    /** Says in the list of which request the item was. */
    public Outcome withRequestId(String id) {
        return new Outcome(scope, user, item, type, at, value, Optional.of(id));
    }

    /** Names the user otherwise. */
    public Outcome withUser(String name) {
        return new Outcome(scope, name, item, type, at, value, requestId);
    }

    private static void requireText(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("outcome." + what + " is blank");
        }
    }
}
