package dev.recsys.pipelines.signals;

import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.events.Events;
import java.util.List;

/** What each signal takes beside the events while it is computed and written, at most and in bytes, from counts alone. */
public final class SignalMemory {
    private static final long TABLE_ITEM = 72; // of TableWriter: where its id lies, and the row, as they grow
    private static final long TABLE_ID_BYTE = 3; // of TableWriter: in a pool that has doubled, and as it is written
    private static final long MOST_MAPPED = Integer.MAX_VALUE; // of a table's entries, when it is read back
    private static final int PACKED_ENTRY = 4;
    private static final long ORDER_ITEM = 32; // of IdOrder while it sorts
    private static final long COUNTS_ITEM = 28; // of BasketRanges and, for BM25, what all sessions say of it
    private static final long WAITING_ROWS = 4 * 256; // a thread, until they are written
    private static final long ENTRY = 8;

    private final long events;
    private final long items;
    private final long tableBytes;
    private final long sessions;
    private final long threads;

    /**
     * Takes the counts.
     *
     * @param events how many events there are
     * @param names their items; events are not looked at
     * @param sessions how many sessions they form
     * @param threads how many threads compute
     */
    public SignalMemory(long events, Events names, long sessions, int threads) {
        this.events = events;
        this.items = names.itemCount();
        this.tableBytes = TABLE_ITEM * items + TABLE_ID_BYTE * names.itemIdBytes();
        this.sessions = sessions;
        this.threads = threads;
    }

    /** Returns the bytes of popularity. */
    public long popularity() {
        return 4 * events + (21 + 16 + ORDER_ITEM) * items + tableBytes;
    }

    /** Returns the bytes of co-visitation. */
    public long cooc(CoocSettings settings) {
        return Math.max(pairs(settings, events, sessions), readBack(settings.neighbours())) + tableBytes;
    }

    /** Returns the bytes of a model of users' histories. */
    public long implicit(ImplicitSettings settings, long users) {
        long collecting = 4 * events + 12 * events + 12 * items + 44 * users;
        long histories = 6 * events + 12 * users;
        int neighbours = settings.pairs().neighbours();
        long model = switch (settings.model()) {
            case EASE ->
                4 * events
                        + 4 * items
                        + EaseModel.bytes((int) items, (int) threads)
                        + rows(neighbours, 16)
                        + ORDER_ITEM * items;
            case IALS ->
                4 * events
                        + 4 * items
                        + IalsTraining.bytes(settings.ials(), users, items, (int) threads)
                        + rows(neighbours, 16)
                        + ORDER_ITEM * items;
            default -> pairs(settings.pairs(), events, users);
        };
        return Math.max(histories + Math.max(collecting, model), readBack(neighbours)) + tableBytes;
    }

    /** Returns the bytes of co-visitation, or of users' histories, beside those that are loaded from a file. */
    public long spilledPairs(CoocSettings settings) {
        return Math.max(pairs(settings, 0, 0) + COUNTS_ITEM * items, readBack(settings.neighbours())) + tableBytes;
    }

    /** Returns the bytes of what comes next. */
    public long sessionSeq() {
        return 40 * events + rows(1_000, 20) + (4 + ORDER_ITEM) * items + tableBytes;
    }

    /** Returns the bytes of what is alike, the items included. */
    public long content(List<ItemAttributes> attributes) {
        long features = 0;
        for (ItemAttributes item : attributes) {
            features += item.categories().size() + item.tags().size() + 3L;
        }
        long count = attributes.size();
        return 24 * features
                + (ORDER_ITEM + TABLE_ITEM + 160) * count
                + threads * (12 * count + WAITING_ROWS * 1_000 * ENTRY);
    }

    /** Entries are mapped when a table is read back, when nothing else is held any more, or loaded if they are too many. */
    private long readBack(long neighbours) {
        long bytes = PACKED_ENTRY * neighbours * items;
        return bytes > MOST_MAPPED ? bytes : 0;
    }

    private long pairs(CoocSettings settings, long pairEvents, long baskets) {
        boolean shares = settings.similarity() == Similarity.RP3BETA
                || settings.similarity() == Similarity.BM25_COSINE
                || !settings.isUnweighted();
        long perPosition = settings.similarity() == Similarity.BM25_COSINE ? 12 : shares ? 4 : 8;
        return perPosition * pairEvents
                + (shares ? 24 : 8) * baskets
                + (28 + ORDER_ITEM) * items
                + (settings.similarity() == Similarity.LLR ? 8L << 20 : 0)
                + rows(settings.neighbours(), shares ? 16 : 8);
    }

    /** The scratch of each thread, and the rows that wait to be written. */
    private long rows(long neighbours, long scratchItem) {
        return threads * (scratchItem * items + WAITING_ROWS * Math.min(neighbours, items) * ENTRY);
    }
}
