package dev.recsys.pipelines.events;

import dev.recsys.internal.IdPool;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Events as flat columns of numbers, 26 bytes an event. Immutable, safe for concurrent use.
 *
 * <p>The order is the same whatever order they were read in: by time, then by item from the most frequent to the
 * rarest, then by type. Items are numbered from the most frequent on, equal ones by id; types and segments by name.
 * The numbers of users and sessions mean nothing but equality. Where an event says nothing, the number is -1.
 */
public final class Events {
    private final Columns columns;
    private final IdPool items;
    private final IdPool types;
    private final IdPool segments;
    private final Groups groups;

    /** How many numbers users and sessions have, and how many of these occur. */
    record Groups(int userNumbers, int users, int sessionNumbers, int sessions) {}

    private Events(Columns columns, IdPool items, IdPool types, IdPool segments, Groups groups) {
        this.columns = columns;
        this.items = items;
        this.types = types;
        this.segments = segments;
        this.groups = groups;
    }

    /**
     * Returns events that a caller has as columns: one position an event, in any order. Takes the arrays over, which must
     * not be changed after that; the events name no user, type or segment.
     *
     * @param items [event] the position of its id among the ids
     * @param sessions [event] its session's number, from 0 on, or -1
     * @param millis [event] when it happened, in milliseconds since 1970
     * @param itemIds the ids, all different; those without an event are left out
     * @throws IllegalArgumentException if the columns are not of one length, a number is out of its range, or an id
     *     occurs twice or is empty; the message says which
     */
    public static Events ofColumns(int[] items, int[] sessions, long[] millis, List<String> itemIds) {
        return GivenColumns.events(items, sessions, millis, itemIds);
    }

    /** Takes over columns in any order and numbered in any way. */
    static Events canonical(Columns columns, IdPool items, IdPool types, IdPool segments, Groups groups) {
        int size = columns.size;
        Renumbering byFrequency = Renumbering.byCount(items, Renumbering.counts(columns.items, size, items.size()));
        byFrequency.apply(columns.items, size);
        Renumbering bySegment = Renumbering.byId(segments, Renumbering.counts(columns.segments, size, segments.size()));
        bySegment.apply(columns.segments, size);
        Renumbering byType = Renumbering.byId(types, Renumbering.counts(columns.types, size, types.size()));
        byType.apply(columns.types, size);
        Events events = new Events(columns, byFrequency.ids(), byType.ids(), bySegment.ids(), groups);
        events.sort();
        return events;
    }

    /** Takes over columns in any order whose items, types and segments have these numbers already. */
    static Events numbered(Columns columns, IdPool items, IdPool types, IdPool segments, Groups groups) {
        Events events = new Events(columns, items, types, segments, groups);
        events.sort();
        return events;
    }

    /** Returns the number of events. */
    public int size() {
        return columns.size;
    }

    /** Returns the number of different items. */
    public int itemCount() {
        return items.size();
    }

    /** Returns the number of different users. */
    public int userCount() {
        return groups.users();
    }

    /** Returns the number of different sessions that events name. */
    public int sessionCount() {
        return groups.sessions();
    }

    /** Returns the number of different segments. */
    public int segmentCount() {
        return segments.size();
    }

    /** Returns the number of different types. */
    public int typeCount() {
        return types.size();
    }

    /** Returns an item's id. */
    public String itemId(int item) {
        return items.get(item);
    }

    /** Returns how many bytes the ids of all items have, in UTF-8. */
    public long itemIdBytes() {
        return items.poolBytes();
    }

    /** Returns all items in the order of their ids, code point by code point. */
    public int[] itemsById() {
        return items.sorted();
    }

    /** Returns a segment's name. */
    public String segment(int segment) {
        return segments.get(segment);
    }

    /** Returns a type's name. */
    public String type(int type) {
        return types.get(type);
    }

    /** Returns when an event happened, in milliseconds since 1970. */
    public long millis(int event) {
        return columns.millis[event];
    }

    /** Returns an event's item. */
    public int itemOf(int event) {
        return columns.items[event];
    }

    /** Returns an event's user, or -1. */
    public int userOf(int event) {
        return columns.users[event];
    }

    /** Returns an event's session, or -1. */
    public int sessionOf(int event) {
        return columns.sessions[event];
    }

    /** Returns an event's segment, or -1. */
    public int segmentOf(int event) {
        return columns.segments[event];
    }

    /** Returns an event's type, or -1. */
    public int typeOf(int event) {
        return columns.types[event];
    }

    /** Returns a number above that of every user. */
    public int userNumbers() {
        return groups.userNumbers();
    }

    /** Returns a number above that of every session. */
    public int sessionNumbers() {
        return groups.sessionNumbers();
    }

    /** Returns the time of the first event; empty without events. */
    public Optional<Instant> oldest() {
        return size() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis(0)));
    }

    /** Returns the time of the last event; empty without events. */
    public Optional<Instant> newest() {
        return size() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis(size() - 1)));
    }

    /** Returns the events before an instant, as if there were no others; users and sessions keep their numbers. */
    public Events before(Instant end) {
        int count = 0;
        int beyond = size();
        while (count < beyond) {
            int middle = (count + beyond) >>> 1;
            if (Instant.ofEpochMilli(millis(middle)).isBefore(end)) {
                count = middle + 1;
            } else {
                beyond = middle;
            }
        }
        return subset(columns.head(count));
    }

    /** Returns some of the events, as if there were no others; users and sessions keep their numbers. */
    public Events where(IntPredicate isWanted) {
        return subset(columns.select(IntStream.range(0, size()).filter(isWanted).toArray()));
    }

    private Events subset(Columns part) {
        Groups partGroups = new Groups(
                groups.userNumbers(),
                Renumbering.distinct(part.users, part.size, groups.userNumbers()),
                groups.sessionNumbers(),
                Renumbering.distinct(part.sessions, part.size, groups.sessionNumbers()));
        return canonical(part, items, types, segments, partGroups);
    }

    private void sort() {
        if (isSorted()) {
            return;
        }
        columns.reorder(TimeOrder.of(columns, items.size(), types.size()));
    }

    private boolean isSorted() {
        for (int i = 1; i < size(); i++) {
            int comparison = Long.compare(columns.millis[i - 1], columns.millis[i]);
            if (comparison == 0) {
                comparison = Integer.compare(columns.items[i - 1], columns.items[i]);
            }
            if (comparison == 0) {
                comparison = Short.compare(columns.types[i - 1], columns.types[i]);
            }
            if (comparison > 0) {
                return false;
            }
        }
        return true;
    }
}
