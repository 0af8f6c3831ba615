package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.events.Events;
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
    private static final long ITEM_BYTES = 80; // its numbers in the files and in the build, and how often it occurs
    private static final long ID_BYTE = 4; // of an item's id, in two pools that have doubled
    private static final int LEAST_OF_HEAP = 16; // with less sessions at a time they are read too often

    static SpillPlan of(
            BuildSettings settings, SpillSizes sizes, SpilledEvents events, List<ItemAttributes> attributes) {
        Events names = events.names();
        long held = ITEM_BYTES * names.itemCount() + ID_BYTE * names.itemIdBytes();
        long partBytes = events.largestPartBytes();
        SignalMemory memory = new SignalMemory(0, names, 0, settings.threads);
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
        long room = settings.heapBytes - held - largest;
        long loaded = Math.min(sizes.loadedBytes(), Math.max(room, settings.heapBytes / LEAST_OF_HEAP));
        bytes.replaceAll((signal, fixed) -> Math.max(fixed + loaded, partBytes));
        if (settings.signals.contains(ArtifactType.CONTENT_SIM)) {
            bytes.put(ArtifactType.CONTENT_SIM, memory.content(attributes));
        }
        return new SpillPlan(new MemoryNeed(held, bytes), loaded);
    }
}
