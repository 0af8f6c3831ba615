package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.pipelines.signals.SignalMemory;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells the memory of a build from its counts.
 *
 * <p>Of the heap, 8 MiB are left to classes, buffers and what is written, and then three twentieths to what dies young and
 * to arrays that do not fit where there is room: the rest is what a build may take. While events are read, what is held may be
 * {@link #OF_ROOM} of that, every array counted as if it were growing at this moment. Beside it are chunks of the files, an
 * eighth of the heap ({@code Chunking}): together less than three quarters. When all are read the chunks are gone; then events
 * take at most 1.3 times what they were counted with, while they are sorted, and 1.42 times while sessions are formed, each
 * event one by itself: 58 bytes for 41. That is why the limit is not higher.
 */
final class MemoryPlan {
    private static final long EVENT_BYTES = 26;
    private static final long ITEM_BYTES = 40;
    private static final long ID_BYTE = 2; // of an item's id, in a pool that has doubled
    private static final long BASKET_EVENT_BYTES = 8;
    private static final long BASKET_BYTES = 12;

    private static final long RESERVE_BYTES = 8L << 20;
    private static final double OF_HEAP = 0.85;
    private static final double OF_ROOM = 0.7;

    private MemoryPlan() {}

    /** Returns what a build may take of a heap; nothing if that is too small for any. */
    static long roomIn(long maxHeapBytes) {
        return Math.max(0, (long) (OF_HEAP * (maxHeapBytes - RESERVE_BYTES)));
    }

    /** Returns what events and their ids may take while they are read. */
    static long readingLimit(long roomBytes) {
        return (long) (OF_ROOM * roomBytes);
    }

    static MemoryNeed of(
            BuildSettings settings,
            Set<ArtifactType> signals,
            Events events,
            Baskets baskets,
            List<ItemAttributes> items) {
        long held = EVENT_BYTES * events.size()
                + ITEM_BYTES * events.itemCount()
                + ID_BYTE * events.itemIdBytes()
                + BASKET_EVENT_BYTES * events.size()
                + BASKET_BYTES * baskets.count();
        SignalMemory memory = new SignalMemory(events.size(), events, baskets.count(), settings.threads);
        SortedMap<ArtifactType, Long> bytes = new TreeMap<>();
        for (ArtifactType signal : signals) {
            bytes.put(signal, ofSignal(settings, signal, memory, events, items));
        }
        return new MemoryNeed(held, bytes);
    }

    private static long ofSignal(
            BuildSettings settings,
            ArtifactType signal,
            SignalMemory memory,
            Events events,
            List<ItemAttributes> items) {
        if (signal.equals(ArtifactType.POPULARITY)) {
            return memory.popularity();
        }
        if (signal.equals(ArtifactType.COOC)) {
            return memory.cooc(settings.cooc);
        }
        if (signal.equals(ArtifactType.IMPLICIT)) {
            return memory.implicit(settings.implicit, events.userCount());
        }
        return signal.equals(ArtifactType.SESSION_SEQ) ? memory.sessionSeq() : memory.content(items);
    }
}
