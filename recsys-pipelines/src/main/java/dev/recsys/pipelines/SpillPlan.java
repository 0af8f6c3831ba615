package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.events.SpilledEvents;
import dev.recsys.pipelines.signals.SignalMemory;
import dev.recsys.pipelines.spill.SpillSizes;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a build through files has in memory at a time.
 *
 * @param need what it takes at most
 * @param loadedBytes what of that is for sessions, or for the best items of segments
 */
record SpillPlan(MemoryNeed need, long loadedBytes) {
    private static final long ITEM_BYTES = 80; // the id under its number, and its number in the files
    private static final long PART_EVENT_BYTES = 80; // columns while they are sorted and put together, and ids
    private static final long TABLE_ITEM = 60;
    private static final long TABLE_ENTRY = 4;
    private static final double OF_HEAP = 0.85;
    private static final int LEAST_OF_HEAP = 16; // with less sessions at a time they are read too often

    static SpillPlan of(
            BuildSettings settings, SpillSizes sizes, SpilledEvents events, List<ItemAttributes> attributes) {
        long items = events.names().itemCount();
        long held = ITEM_BYTES * items;
        long partBytes = PART_EVENT_BYTES * events.largestPart();
        SignalMemory memory = new SignalMemory(0, items, 0, settings.threads);
        SortedMap<ArtifactType, Long> bytes = new TreeMap<>();
        if (settings.signals.contains(ArtifactType.POPULARITY)) {
            bytes.put(ArtifactType.POPULARITY, memory.popularity() + partBytes);
        }
        if (settings.signals.contains(ArtifactType.COOC)) {
            bytes.put(ArtifactType.COOC, memory.spilledPairs(settings.cooc));
        }
        if (settings.signals.contains(ArtifactType.IMPLICIT)) {
            bytes.put(ArtifactType.IMPLICIT, memory.spilledPairs(settings.implicit.pairs()));
        }
        long largest = bytes.values().stream().mapToLong(Long::longValue).max().orElse(0);
        long room = (long) (OF_HEAP * settings.heapBytes) - held - largest;
        long loaded = Math.min(sizes.loadedBytes(), Math.max(room, settings.heapBytes / LEAST_OF_HEAP));
        bytes.replaceAll(
                (signal, fixed) -> Math.max(fixed + loaded, Math.max(partBytes, tableBytes(settings, signal, items))));
        if (settings.signals.contains(ArtifactType.CONTENT_SIM)) {
            bytes.put(ArtifactType.CONTENT_SIM, memory.content(attributes));
        }
        return new SpillPlan(new MemoryNeed(held, bytes), loaded);
    }

    /** What a table takes when it is read back, when nothing else is held any more. */
    private static long tableBytes(BuildSettings settings, ArtifactType signal, long items) {
        int neighbours = signal.equals(ArtifactType.COOC)
                ? settings.cooc.neighbours()
                : settings.implicit.pairs().neighbours();
        return signal.equals(ArtifactType.POPULARITY) ? 0 : items * (TABLE_ITEM + TABLE_ENTRY * neighbours);
    }
}
