package dev.recsys.control;

import dev.recsys.Scope;
import java.time.Instant;

/**
 * Something a user did with an item.
 *
 * @param scope where it happened
 * @param user who did it
 * @param item with which item
 * @param type what it was, such as {@code click} or {@code purchase}
 * @param at when
 */
public record Outcome(Scope scope, String user, String item, String type, Instant at) {
    /**
     * Refuses blank ids.
     *
     * @throws IllegalArgumentException if user, item or type is blank
     */
    public Outcome {
        requireText("user", user);
        requireText("item", item);
        requireText("type", type);
    }

    private static void requireText(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("outcome." + what + " is blank");
        }
    }
}
