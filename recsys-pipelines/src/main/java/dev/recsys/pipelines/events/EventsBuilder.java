package dev.recsys.pipelines.events;

import dev.recsys.internal.IdPool;
import java.util.List;
import java.util.Set;

/**
 * Collects events into columns: 26 bytes an event and 40 more if it has an event id, beside the ids themselves. Not
 * safe for concurrent use.
 *
 * <p>An event id counts once. If events with the same id differ, the earliest is kept; of those of the same time, the
 * one that comes first by item, user, session, type and segment. So the order in which events are added never matters.
 */
public final class EventsBuilder implements ReadingLimit.Held {
    private static final long EVENT_BYTES =
            41; // columns that have grown by half, and the last of them as it was before
    private static final long ID_BYTES =
            50; // slots that have grown fourfold and ends by half, and both as they were before
    private static final long POOL_BYTES = 3; // a byte of an id in a pool that has doubled, and as it was before
    private static final long EVENT_ID_BYTES =
            54; // columns and slots of EventIds that have grown, and as they were before

    private final TakenEvents taken;
    private final EventIds eventIds = new EventIds();
    private long duplicates;

    /** Creates an empty builder. */
    public EventsBuilder() {
        this(new IdPool(1024));
    }

    private EventsBuilder(IdPool users) {
        this.taken = new TakenEvents(users, 1024);
    }

    /** Creates an empty builder that gives users the numbers that another one gives them. */
    static EventsBuilder sharingUsersOf(EventsBuilder other) {
        return new EventsBuilder(other.taken.users);
    }

    /**
     * Adds an event.
     *
     * @throws IllegalArgumentException if there are more events or types of events than can be held
     */
    public void add(Event event) {
        if (!event.eventId().isEmpty()) {
            int known = eventIds.putIfAbsent(eventIds.hash(event.eventId()), taken.columns.size);
            if (known >= 0) {
                duplicates++;
                taken.keepSmaller(known, event);
                return;
            }
        }
        taken.add(event);
    }

    /**
     * Adds packed events but those of some types, as if each had been added by itself.
     *
     * @return how many were left out for their types
     * @throws IllegalArgumentException if there are more events or types of events than can be held
     */
    public long add(PackedEvents packed, Set<String> ignoredTypes) {
        return add(packed.batch(), ignoredTypes);
    }

    /** Adds events but those of some types, as if each had been added by itself; returns how many were left out. */
    long add(EventBatch batch, Set<String> ignoredTypes) {
        PackedEvents.Texts texts = batch.texts();
        int[] items = numbers(taken.items, texts.items());
        int[] users = numbers(taken.users, texts.users());
        int[] sessions = numbers(taken.sessions, texts.sessions());
        int[] segments = numbers(taken.segments, texts.segments());
        int[] types = numbers(taken.types, texts.types());
        taken.requireFewTypes();
        boolean[] ignored = ignored(texts.types(), ignoredTypes);
        Columns from = batch.columns();
        Columns to = taken.columns;
        long left = 0;
        for (int event = 0; event < from.size; event++) {
            if (ignored[from.types[event] + 1]) {
                left++;
                continue;
            }
            if (isDuplicate(batch, event)) {
                continue;
            }
            to.ensureRoom();
            to.millis[to.size] = from.millis[event];
            to.items[to.size] = items[from.items[event] + 1];
            to.users[to.size] = users[from.users[event] + 1];
            to.sessions[to.size] = sessions[from.sessions[event] + 1];
            to.segments[to.size] = segments[from.segments[event] + 1];
            to.types[to.size] = (short) types[from.types[event] + 1];
            to.size++;
        }
        return left;
    }

    /** Returns how many events were not added because their event id was there before. */
    public long duplicates() {
        return duplicates;
    }

    /**
     * Returns the most bytes that are held by now, whenever arrays grow: both what they were and what they become; beside what
     * an empty builder takes.
     */
    @Override
    public long heldBytes() {
        long bytes = eventBytes();
        for (IdPool ids : List.of(taken.items, taken.users, taken.sessions, taken.segments)) {
            bytes += ID_BYTES * ids.size() + POOL_BYTES * ids.poolBytes();
        }
        return bytes;
    }

    @Override
    public long eventBytes() {
        return EVENT_BYTES * taken.columns.size + EVENT_ID_BYTES * eventIds.size();
    }

    /** Returns the events; the builder is of no use after that. */
    public Events build() {
        Columns columns = taken.columns;
        int userCount = Renumbering.distinct(columns.users, columns.size, taken.users.size());
        int sessionCount = Renumbering.distinct(columns.sessions, columns.size, taken.sessions.size());
        return Events.canonical(
                columns,
                taken.items,
                taken.types,
                taken.segments,
                new Events.Groups(taken.users.size(), userCount, taken.sessions.size(), sessionCount));
    }

    private boolean isDuplicate(EventBatch batch, int event) {
        EventIds.Hash hash = batch.idOf(event);
        int known = hash.isNone() ? -1 : eventIds.putIfAbsent(hash, taken.columns.size);
        if (known < 0) {
            return false;
        }
        duplicates++;
        taken.keepSmaller(known, batch.event(event));
        return true;
    }

    /** Returns the numbers that texts have here, by the number that they have there, plus one: that of none is 0. */
    private static int[] numbers(IdPool here, IdPool there) {
        int[] numbers = new int[there.size() + 1];
        numbers[0] = Columns.NONE;
        System.arraycopy(here.addAll(there), 0, numbers, 1, there.size());
        return numbers;
    }

    private static boolean[] ignored(IdPool types, Set<String> ignoredTypes) {
        boolean[] ignored = new boolean[types.size() + 1];
        for (int type = Columns.NONE; type < types.size(); type++) {
            ignored[type + 1] = ignoredTypes.contains(TakenEvents.text(types, type));
        }
        return ignored;
    }
}
