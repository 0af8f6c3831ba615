package dev.recsys.pipelines.events;

import dev.recsys.internal.IdPool;
import java.time.Instant;
import java.util.Optional;

/**
 * Events packed for keeping, with everything that a later build may ask of them. Immutable, safe for concurrent use.
 *
 * <p>Equal events give equal bytes, whatever order they were read in. An event id is kept as the first 128 bits of its
 * SHA-256, the other texts as they are. Of events with the same id and type there is one.
 */
public final class PackedEvents {
    private final Columns columns; // by time, item, type, user, session, segment and event id
    private final Texts texts; // in the order of their code points
    private final Ids ids;
    private final long duplicates;

    /** The texts that events name, each by its number. */
    record Texts(IdPool items, IdPool users, IdPool sessions, IdPool segments, IdPool types) {}

    /** The hashes of event ids, both halves by event; empty if no event has one. Zeros stand for none. */
    @SuppressWarnings("ArrayRecordComponent") // stays within this package
    record Ids(long[] high, long[] low) {
        static final Ids NONE = new Ids(new long[0], new long[0]);

        boolean isEmpty() {
            return high.length == 0;
        }

        Ids reordered(int[] order) {
            long[] sortedHigh = new long[order.length];
            long[] sortedLow = new long[order.length];
            for (int i = 0; i < order.length; i++) {
                sortedHigh[i] = high[order[i]];
                sortedLow[i] = low[order[i]];
            }
            return new Ids(sortedHigh, sortedLow);
        }
    }

    PackedEvents(Columns columns, Texts texts, Ids ids, long duplicates) {
        this.columns = columns;
        this.texts = texts;
        this.ids = ids;
        this.duplicates = duplicates;
    }

    /** Returns no events. */
    public static PackedEvents none() {
        return new PackedEventsBuilder().build();
    }

    /**
     * Reads what {@link #toBytes} returned.
     *
     * @throws IllegalArgumentException if the bytes are no packed events; the message says what is wrong
     */
    public static PackedEvents of(byte[] bytes) {
        return new PackedDecoder(bytes).events();
    }

    /**
     * Returns the bytes: about 12 an event and 16 more if it has an event id, beside the texts.
     *
     * @throws IllegalArgumentException if they are more than an array can hold
     */
    public byte[] toBytes() {
        return new PackedEncoder().bytes(this);
    }

    /** Returns the number of events. */
    public int size() {
        return columns.size;
    }

    /** Returns how many more events there were, with an id that another one of the same type has. */
    public long duplicates() {
        return duplicates;
    }

    /** Returns the time of the first event; empty without events. */
    public Optional<Instant> oldest() {
        return size() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(columns.millis[0]));
    }

    /** Returns the time of the last event; empty without events. */
    public Optional<Instant> newest() {
        return size() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(columns.millis[size() - 1]));
    }

    Columns columns() {
        return columns;
    }

    IdPool items() {
        return texts.items();
    }

    IdPool users() {
        return texts.users();
    }

    IdPool sessions() {
        return texts.sessions();
    }

    IdPool segments() {
        return texts.segments();
    }

    IdPool types() {
        return texts.types();
    }

    Ids ids() {
        return ids;
    }

    /** Returns the same events, of which nothing is said but what they are. */
    EventBatch batch() {
        return new EventBatch(columns, texts, ids);
    }
}
