package dev.recsys.pipelines.events;

import dev.recsys.internal.IdPool;
import java.util.Arrays;

/**
 * Collects the events of one chunk, with numbers of its own: these are few, so that looking them up stays in the cache, and
 * each of them is looked up once among those of the whole file. Duplicates are all kept.
 */
final class ChunkEvents {
    private static final int LINE_BYTES = 40; // a short one: columns that grow are copied
    private static final int BYTES_OF_AN_ID = 256; // so that the indexes of ids begin small

    private final TakenEvents taken;
    private final EventIds hashes = new EventIds();
    private final TextColumn[] texts; // items, users, sessions, segments, types
    private final int[] numbers; // [text] of the line at hand
    private long[] high = new long[0]; // [event] or empty while no event has an id
    private long[] low = new long[0];

    /** Creates it empty, with room for what a chunk of a usual file has. */
    ChunkEvents(int chunkBytes) {
        int expectedIds = Math.max(16, chunkBytes / BYTES_OF_AN_ID);
        this.taken = new TakenEvents(
                new IdPool(expectedIds), expectedIds, new Columns(Math.max(16, chunkBytes / LINE_BYTES)));
        this.texts = new TextColumn[] {
            new TextColumn(EventField.ITEM, taken.items),
            new TextColumn(EventField.USER, taken.users),
            new TextColumn(EventField.SESSION, taken.sessions),
            new TextColumn(EventField.SEGMENT, taken.segments),
            new TextColumn(EventField.TYPE, taken.types)
        };
        this.numbers = new int[texts.length];
    }

    /** Adds an event. */
    void add(Event event) {
        taken.add(event);
        if (!event.eventId().isEmpty()) {
            identify(hashes.hash(event.eventId()));
        }
    }

    /** Adds an event that was found in a plain line. */
    void add(long millis, byte[] bytes, FieldRanges fields) {
        Columns columns = taken.columns;
        columns.ensureRoom();
        int event = columns.size;
        // a loop, for HotSpot put five calls into this method whole: ten kilobytes that took it long to compile
        for (int text = 0; text < texts.length; text++) {
            numbers[text] = texts[text].number(bytes, fields);
        }
        columns.millis[event] = millis;
        columns.items[event] = numbers[0];
        columns.users[event] = numbers[1];
        columns.sessions[event] = numbers[2];
        columns.segments[event] = numbers[3];
        columns.types[event] = (short) numbers[4];
        taken.requireFewTypes();
        columns.size++;
        if (!fields.isEmpty(EventField.EVENT_ID)) {
            identify(hashes.hash(bytes, fields.start(EventField.EVENT_ID), fields.end(EventField.EVENT_ID)));
        }
    }

    /** Returns the events; of no use after that. */
    EventBatch build() {
        boolean hasIds = high.length > 0;
        return new EventBatch(
                taken.columns,
                new PackedEvents.Texts(taken.items, taken.users, taken.sessions, taken.segments, taken.types),
                hasIds ? new PackedEvents.Ids(sized(high), sized(low)) : PackedEvents.Ids.NONE);
    }

    private void identify(EventIds.Hash hash) {
        int event = taken.columns.size - 1;
        if (event >= high.length) {
            high = Arrays.copyOf(high, taken.columns.millis.length);
            low = Arrays.copyOf(low, taken.columns.millis.length);
        }
        high[event] = hash.high();
        low[event] = hash.low();
    }

    private long[] sized(long[] halves) {
        return Arrays.copyOf(halves, taken.columns.size);
    }

    /** The texts of one field. One that is the same as in the line before, as sessions and users are, is not looked up. */
    private static final class TextColumn {
        private final EventField field;
        private final IdPool texts;
        private int start;
        private int end;
        private int number = Columns.NONE;

        TextColumn(EventField field, IdPool texts) {
            this.field = field;
            this.texts = texts;
        }

        /** Returns the text's number; all texts are in the same array. */
        int number(byte[] bytes, FieldRanges fields) {
            int from = fields.start(field);
            int to = fields.end(field);
            if (Arrays.equals(bytes, start, end, bytes, from, to)) {
                return number;
            }
            number = from == to ? Columns.NONE : texts.add(bytes, from, to);
            start = from;
            end = to;
            return number;
        }
    }
}
