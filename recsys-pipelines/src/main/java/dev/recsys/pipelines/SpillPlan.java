package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.events.SpilledEvents;
import dev.recsys.pipelines.signals.SignalMemory;
import dev.recsys.pipelines.signals.SpilledBaskets;
import dev.recsys.pipelines.spill.SpillSizes;
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
    private static final long TABLE_ENTRY = 4; // a table is read back before the build is finished
    private static final double OF_HEAP = 0.85;

    static SpillPlan of(BuildSettings settings, SpillSizes sizes, SpilledEvents events, SpilledBaskets baskets) {
        long items = events.names().itemCount();
        long held = ITEM_BYTES * items;
        SignalMemory none = new SignalMemory(0, items, 0, settings.threads);
        SortedMap<ArtifactType, Long> fixed = new TreeMap<>();
        for (ArtifactType signal : settings.signals) {
            if (signal.equals(ArtifactType.POPULARITY)) {
                fixed.put(signal, none.popularity() + PART_EVENT_BYTES * events.largestPart());
            } else if (signal.equals(ArtifactType.COOC)) {
                fixed.put(
                        signal,
                        Math.max(none.spilledPairs(settings.cooc), TABLE_ENTRY * items * settings.cooc.neighbours()));
            } else if (signal.equals(ArtifactType.IMPLICIT)) {
                fixed.put(signal, none.spilledPairs(settings.implicit.pairs()));
            }
        }
        long largest = fixed.values().stream().mapToLong(Long::longValue).max().orElse(0);
        long room = (long) (OF_HEAP * settings.heapBytes) - held - largest;
        long loaded = Math.max(0, Math.min(room, sizes.loadedBytes()));
        SortedMap<ArtifactType, Long> bytes = new TreeMap<>();
        fixed.forEach((signal, fixedBytes) -> bytes.put(signal, fixedBytes + loaded));
        return new SpillPlan(new MemoryNeed(held, bytes), loaded);
    }
}
