package dev.recsys.pipelines.events;

import dev.recsys.internal.IdPool;

/**
 * Collects events into columns: 26 bytes an event and 40 more if it has an event id, beside the ids themselves. Not
 * safe for concurrent use.
 *
 * <p>An event id counts once. If events with the same id differ, the earliest is kept; of those of the same time, the
 * one that comes first by item, user, session, type and segment. So the order in which events are added never matters.
 */
public final class EventsBuilder {
    private static final int MAX_TYPES = Short.MAX_VALUE;

    private final IdPool items = new IdPool(1024);
    private final IdPool users;
    private final IdPool sessions = new IdPool(1024);
    private final IdPool segments = new IdPool(16);
    private final IdPool types = new IdPool(16);
    private final EventIds eventIds = new EventIds();
    private final Columns columns = new Columns(1024);
    private long duplicates;

    /** Creates an empty builder. */
    public EventsBuilder() {
        this(new IdPool(1024));
    }

    private EventsBuilder(IdPool users) {
        this.users = users;
    }

    /** Creates an empty builder that gives users the numbers that another one gives them. */
    static EventsBuilder sharingUsersOf(EventsBuilder other) {
        return new EventsBuilder(other.users);
    }

    /**
     * Adds an event.
     *
     * @throws IllegalArgumentException if there are more events or types of events than can be held
     */
    public void add(Event event) {
        if (!event.eventId().isEmpty()) {
            int known = eventIds.putIfAbsent(event.eventId(), columns.size);
            if (known >= 0) {
                duplicates++;
                keepSmaller(known, event);
                return;
            }
        }
        columns.ensureRoom();
        set(columns.size, event);
        columns.size++;
    }

    /** Returns how many events were not added because their event id was there before. */
    public long duplicates() {
        return duplicates;
    }

    /** Returns the events; the builder is of no use after that. */
    public Events build() {
        int userCount = Renumbering.distinct(columns.users, columns.size, users.size());
        int sessionCount = Renumbering.distinct(columns.sessions, columns.size, sessions.size());
        return Events.canonical(
                columns,
                items,
                types,
                segments,
                new Events.Groups(users.size(), userCount, sessions.size(), sessionCount));
    }

    private void keepSmaller(int known, Event event) {
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

    private void set(int position, Event event) {
        columns.millis[position] = event.at().toEpochMilli();
        columns.items[position] = items.add(event.item());
        columns.users[position] = number(users, event.user());
        columns.sessions[position] = number(sessions, event.session());
        columns.segments[position] = number(segments, event.segment());
        columns.types[position] = (short) number(types, event.type());
        if (types.size() > MAX_TYPES) {
            throw new IllegalArgumentException("there are more than " + MAX_TYPES
                    + " types of events; is the field 'type' mapped to the right column?");
        }
    }

    private static int number(IdPool ids, String id) {
        return id.isEmpty() ? Columns.NONE : ids.add(id);
    }

    private static String text(IdPool ids, int number) {
        return number < 0 ? "" : ids.get(number);
    }
}
