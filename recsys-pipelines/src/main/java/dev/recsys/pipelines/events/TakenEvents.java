package dev.recsys.pipelines.events;

import dev.recsys.internal.IdPool;
import java.time.Instant;

/** Events as they come: their texts numbered in the order in which they occur, their numbers in columns. */
final class TakenEvents {
    private static final int MAX_TYPES = Short.MAX_VALUE;

    final IdPool items;
    final IdPool users;
    final IdPool sessions;
    final IdPool segments = new IdPool(16);
    final IdPool types = new IdPool(16);
    final Columns columns;

    /** Creates it empty, with room for some events. */
    TakenEvents(IdPool users, int expected) {
        this(users, expected, new Columns(expected));
    }

    /** Creates it empty, with room for some ids, and takes columns over. */
    TakenEvents(IdPool users, int expectedIds, Columns columns) {
        this.items = new IdPool(expectedIds);
        this.users = users;
        this.sessions = new IdPool(expectedIds);
        this.columns = columns;
    }

    /** Adds an event at the end. */
    void add(Event event) {
        columns.ensureRoom();
        set(columns.size, event);
        columns.size++;
    }

    /**
     * Puts an event into the place of another if it is the smaller one: the earlier; of the same time, the one that comes
     * first by item, user, session, type and segment.
     */
    void keepSmaller(int known, Event event) {
        int comparison = Long.compare(event.at().toEpochMilli(), columns.millis[known]);
        if (comparison == 0) {
            comparison = event.item().compareTo(items.get(columns.items[known]));
        }
        if (comparison == 0) {
            comparison = event.user().compareTo(text(users, columns.users[known]));
        }
        if (comparison == 0) {
            comparison = event.session().compareTo(text(sessions, columns.sessions[known]));
        }
        if (comparison == 0) {
            comparison = event.type().compareTo(text(types, columns.types[known]));
        }
        if (comparison == 0) {
            comparison = event.segment().compareTo(text(segments, columns.segments[known]));
        }
        if (comparison < 0) {
            set(known, event);
        }
    }

    /** Returns an event as it was added, but without its event id. */
    Event event(int position) {
        return new Event(
                "",
                Instant.ofEpochMilli(columns.millis[position]),
                text(types, columns.types[position]),
                text(users, columns.users[position]),
                text(sessions, columns.sessions[position]),
                items.get(columns.items[position]),
                text(segments, columns.segments[position]));
    }

    /** Refuses more types than a column can number. */
    void requireFewTypes() {
        requireFewTypes(types);
    }

    static void requireFewTypes(IdPool types) {
        if (types.size() > MAX_TYPES) {
            throw new IllegalArgumentException("there are more than " + MAX_TYPES
                    + " types of events; is the field 'type' mapped to the right column?");
        }
    }

    /** Returns a text by its number; none is empty. */
    static String text(IdPool ids, int number) {
        return number < 0 ? "" : ids.get(number);
    }

    private void set(int position, Event event) {
        columns.millis[position] = event.at().toEpochMilli();
        columns.items[position] = items.add(event.item());
        columns.users[position] = number(users, event.user());
        columns.sessions[position] = number(sessions, event.session());
        columns.segments[position] = number(segments, event.segment());
        columns.types[position] = (short) number(types, event.type());
        requireFewTypes();
    }

    private static int number(IdPool ids, String id) {
        return id.isEmpty() ? Columns.NONE : ids.add(id);
    }
}
