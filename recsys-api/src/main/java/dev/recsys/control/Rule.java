package dev.recsys.control;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person wants of a list whatever the signals say. Immutable; {@link #pin}, {@link #boost} and {@link #block} make
 * rules that hold for everybody and always, and every {@code with} returns a new one.
 *
 * <p>A block always wins, as do a request's excludes. A pin puts the item, or of a brand, category or tag the best eligible
 * item, at a position. Boosts that match an item are multiplied with each other.
 *
 * @param id the rule's name within its set, 1 to 100 printable ASCII characters without blanks
 * @param action what it does
 * @param attribute by what it names items
 * @param value the item's id, or the brand, category or tag
 * @param position where a pinned item goes, from 1 to 1000; 0 for other actions
 * @param factor what a boosted item's score is multiplied with, 0.001 to 1000, less than 1 to bring it down; 1 for other
 *     actions
 * @param priority which of two pins gets the position: the higher, then that with the smaller id
 * @param segment the segment of the requests for which it holds; of all if there is none
 * @param from when it begins to hold; always if there is none
 * @param until when it no longer holds; never if there is none
 * @param reason why, for people; at most 1000 characters
 */
public record Rule(
        String id,
        Action action,
        ItemAttribute attribute,
        String value,
        int position,
        double factor,
        int priority,
        Optional<String> segment,
        Optional<Instant> from,
        Optional<Instant> until,
        String reason) {
    /** What a rule does. */
    public enum Action {
        /** Puts an item at a position. */
        PIN,
        /** Multiplies scores. */
        BOOST,
        /** Keeps items out. */
        BLOCK
    }

    /** The largest position of a pin. */
    public static final int MAX_POSITION = 1_000;

    /** The smallest factor of a boost. */
    public static final double MIN_FACTOR = 1e-3;

    /** The largest factor of a boost. */
    public static final double MAX_FACTOR = 1e3;

    private static final int MAX_VALUE_LENGTH = 512;
    private static final int MAX_REASON_LENGTH = 1_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if something is out of its range, or a window ends before it begins; the message
     *     names it
     */
    public Rule {
        Texts.requireName("id", id);
        Texts.require("value", value, MAX_VALUE_LENGTH);
        int leastPosition = action == Action.PIN ? 1 : 0;
        int mostPosition = action == Action.PIN ? MAX_POSITION : 0;
        if (position < leastPosition || position > mostPosition) {
            throw new IllegalArgumentException("position is " + position + "; expected "
                    + (action == Action.PIN ? "1 to " + MAX_POSITION : "none, for only a pin has one"));
        }
        boolean isFactor = action == Action.BOOST ? factor >= MIN_FACTOR && factor <= MAX_FACTOR : factor == 1;
        if (!isFactor) {
            throw new IllegalArgumentException("factor is " + factor + "; expected "
                    + (action == Action.BOOST
                            ? MIN_FACTOR + " to " + MAX_FACTOR + ", or a block to keep items out"
                            : "none, for only a boost has one"));
        }
        segment.filter(String::isBlank).ifPresent(blank -> {
            throw new IllegalArgumentException("segment is blank; leave it out for all");
        });
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new IllegalArgumentException("until is " + until.get() + ", not after from, " + from.get()
                    + "; the rule would never hold. Give it a later until, or none");
        }
        if (reason.length() > MAX_REASON_LENGTH) {
            throw new IllegalArgumentException(
                    "reason has " + reason.length() + " characters; expected at most " + MAX_REASON_LENGTH);
        }
    }

    /** Returns a rule that puts an item at a position, counted from 1. */
    public static Rule pin(String id, String itemId, int position) {
        return pin(id, ItemAttribute.ITEM, itemId, position);
    }

    /** Returns a rule that puts the best eligible item of a brand, category or tag at a position, counted from 1. */
    public static Rule pin(String id, ItemAttribute attribute, String value, int position) {
        return always(id, Action.PIN, attribute, value, position, 1);
    }

    /** Returns a rule that multiplies scores. */
    public static Rule boost(String id, ItemAttribute attribute, String value, double factor) {
        return always(id, Action.BOOST, attribute, value, 0, factor);
    }

    /** Returns a rule that keeps items out. */
    public static Rule block(String id, ItemAttribute attribute, String value) {
        return always(id, Action.BLOCK, attribute, value, 0, 1);
    }

    private static Rule always(
            String id, Action action, ItemAttribute attribute, String value, int position, double factor) {
        return new Rule(
                id,
                action,
                attribute,
                value,
                position,
                factor,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }

    /** Returns this rule with another priority. */
    public Rule withPriority(int other) {
        return new Rule(id, action, attribute, value, position, factor, other, segment, from, until, reason);
    }

    /** Returns this rule for requests of one segment only. */
    public Rule withSegment(String name) {
        return new Rule(
                id, action, attribute, value, position, factor, priority, Optional.of(name), from, until, reason);
    }

    /** Returns this rule for a time: from the first instant on, before the second. */
    public Rule withWindow(Instant first, Instant end) {
        return withWindow(Optional.of(first), Optional.of(end));
    }

    /** Returns this rule with another beginning; its end stays. */
    public Rule withFrom(Instant first) {
        return withWindow(Optional.of(first), until);
    }

    /** Returns this rule with another end, the first instant at which it no longer holds; its beginning stays. */
    public Rule withUntil(Instant end) {
        return withWindow(from, Optional.of(end));
    }

    private Rule withWindow(Optional<Instant> first, Optional<Instant> end) {
        return new Rule(id, action, attribute, value, position, factor, priority, segment, first, end, reason);
    }

    /** Returns this rule with a reason. */
    public Rule withReason(String why) {
        return new Rule(id, action, attribute, value, position, factor, priority, segment, from, until, why);
    }

    /** Returns whether it holds at a time. */
    public boolean holdsAt(Instant now) {
        return !from.map(now::isBefore).orElse(false)
                && until.map(now::isBefore).orElse(true);
    }
}
