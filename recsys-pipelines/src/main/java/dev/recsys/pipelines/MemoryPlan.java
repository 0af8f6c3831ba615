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

/** Tells the memory of a build from its counts. */
final class MemoryPlan {
    private static final long EVENT_BYTES = 26;
    private static final long ITEM_BYTES = 60;
    private static final long BASKET_EVENT_BYTES = 8;
    private static final long BASKET_BYTES = 12;

    private MemoryPlan() {}

    static MemoryNeed of(
            BuildSettings settings,
            Set<ArtifactType> signals,
            Events events,
            Baskets baskets,
            List<ItemAttributes> items) {
        long held = EVENT_BYTES * events.size()
                + ITEM_BYTES * events.itemCount()
                + BASKET_EVENT_BYTES * events.size()
                + BASKET_BYTES * baskets.count();
        SignalMemory memory = new SignalMemory(events.size(), events.itemCount(), baskets.count(), settings.threads);
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
