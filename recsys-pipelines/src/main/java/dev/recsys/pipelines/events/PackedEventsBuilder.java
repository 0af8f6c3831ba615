package dev.recsys.pipelines.events;

import dev.recsys.internal.IdPool;
import java.util.Arrays;

/**
 * Collects events to be packed. Of events with the same id and the same type the smallest is kept, as in {@link
 * EventsBuilder}: of each type one, so that what is kept is right whichever types are left out later.
 */
final class PackedEventsBuilder {
    private static final String BETWEEN = "\n"; // is in no type and in no id

    private final TakenEvents taken = new TakenEvents(new IdPool(16), 16);
    private final EventIds known = new EventIds();
    private long[] high = new long[0]; // [event] or empty while no event has an id
    private long[] low = new long[0];
    private long duplicates;

    void add(Event event) {
        if (event.eventId().isEmpty()) {
            taken.add(event);
            return;
        }
        int position = taken.columns.size;
        int before = known.putIfAbsent(known.hash(event.type() + BETWEEN + event.eventId()), position);
        if (before >= 0) {
            duplicates++;
            taken.keepSmaller(before, event);
            return;
        }
        taken.add(event);
        if (position >= high.length) {
            high = Arrays.copyOf(high, taken.columns.millis.length);
            low = Arrays.copyOf(low, taken.columns.millis.length);
        }
        EventIds.Hash hash = known.hash(event.eventId());
        high[position] = hash.high();
        low[position] = hash.low();
    }

    /** Returns the events in an order and with numbers that do not depend on how they came; of no use after that. */
    PackedEvents build() {
        Columns columns = taken.columns;
        int size = columns.size;
        Renumbering items = Renumbering.byId(taken.items, Renumbering.counts(columns.items, size, taken.items.size()));
        Renumbering users = Renumbering.byId(taken.users, Renumbering.counts(columns.users, size, taken.users.size()));
        Renumbering sessions =
                Renumbering.byId(taken.sessions, Renumbering.counts(columns.sessions, size, taken.sessions.size()));
        Renumbering segments =
                Renumbering.byId(taken.segments, Renumbering.counts(columns.segments, size, taken.segments.size()));
        Renumbering types = Renumbering.byId(taken.types, Renumbering.counts(columns.types, size, taken.types.size()));
        items.apply(columns.items, size);
        users.apply(columns.users, size);
        sessions.apply(columns.sessions, size);
        segments.apply(columns.segments, size);
        types.apply(columns.types, size);
        boolean hasIds = high.length > 0;
        PackedEvents.Ids ids = hasIds
                ? new PackedEvents.Ids(Arrays.copyOf(high, size), Arrays.copyOf(low, size))
                : PackedEvents.Ids.NONE;
        PackedEvents.Texts texts =
                new PackedEvents.Texts(items.ids(), users.ids(), sessions.ids(), segments.ids(), types.ids());
        int[] order = order(columns, texts, ids);
        columns.reorder(order);
        return new PackedEvents(columns, texts, hasIds ? ids.reordered(order) : ids, duplicates);
    }

    private static int[] order(Columns columns, PackedEvents.Texts texts, PackedEvents.Ids ids) {
        RadixOrder order = new RadixOrder(columns.size);
        if (!ids.isEmpty()) {
            order.by(event -> ids.low()[event], -1);
            order.by(event -> ids.high()[event], -1);
        }
        long first = Arrays.stream(columns.millis, 0, columns.size).min().orElse(0);
        long last = Arrays.stream(columns.millis, 0, columns.size).max().orElse(0);
        order.by(event -> columns.segments[event] + 1, texts.segments().size());
        order.by(event -> columns.sessions[event] + 1, texts.sessions().size());
        order.by(event -> columns.users[event] + 1, texts.users().size());
        order.by(event -> columns.types[event] + 1, texts.types().size());
        order.by(event -> columns.items[event], texts.items().size());
        order.by(event -> columns.millis[event] - first, last - first);
        return order.order();
    }
}
