package dev.recsys.serve;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * When a surface counts as idle: nobody asked for it for a while.
 *
 * @param nanoTime monotonic time
 * @param after how long that is
 */
record Idleness(LongSupplier nanoTime, Duration after) {
    /** Returns those that have something loaded and are idle, longest unused first. */
    List<Surface> loadedAndIdle(Collection<Surface> surfaces) {
        long now = nanoTime.getAsLong();
        return surfaces.stream()
                .filter(surface -> surface.snapshot() != null)
                .map(surface -> new Unused(surface, now - surface.usedAtNanos())) // read once: requests go on meanwhile
                .filter(unused -> unused.nanos() > after.toNanos())
                .sorted(Comparator.comparingLong(Unused::nanos).reversed())
                .map(Unused::surface)
                .toList();
    }

    private record Unused(Surface surface, long nanos) {}
}
