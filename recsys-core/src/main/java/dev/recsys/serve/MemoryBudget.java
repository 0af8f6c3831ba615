package dev.recsys.serve;

import dev.recsys.NotReadyException;
import dev.recsys.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the heap the releases of all surfaces may take together. Whoever loads one says before how much it needs;
 * if that is not there, idle surfaces leave, longest unused first. A surface that serves always gets its fresh release,
 * also over the budget; one that has nothing loaded gets nothing then. Safe for concurrent use.
 */
final class MemoryBudget {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRecommender.class);

    private final long budgetBytes;
    private final Surfaces surfaces;
    private long reservedBytes; // for releases that are being loaded
    private boolean over;

    MemoryBudget(long budgetBytes, Surfaces surfaces) {
        this.budgetBytes = budgetBytes;
        this.surfaces = surfaces;
    }

    /**
     * What a surface asks for before it loads a release.
     *
     * @param scope whose release
     * @param serving whether the scope has a release already
     * @param needBytes how much the release takes at most
     * @param isOver whether the surface has left
     */
    record Claim(Scope scope, boolean serving, long needBytes, BooleanSupplier isOver) {}

    /**
     * Makes room for a release; the caller gives it back with {@link #release} when the release is loaded and counts by
     * itself.
     *
     * @return whether to load; if not, the surface has left, perhaps now and here, for it was idle itself
     * @throws NotReadyException if the scope has nothing loaded and there is no room
     */
    boolean reserve(Claim claim) {
        List<Surface> leaving = new ArrayList<>();
        try {
            return reserve(claim, leaving);
        } finally {
            leaving.forEach(surfaces::stop); // without the lock: it completes what callers wait for
        }
    }

    synchronized void release(long needBytes) {
        reservedBytes -= needBytes;
    }

    private synchronized boolean reserve(Claim claim, List<Surface> leaving) {
        if (claim.isOver().getAsBoolean()) {
            return false; // nobody leaves for it
        }
        long needBytes = claim.needBytes();
        long free = budgetBytes - reservedBytes - surfaces.heapBytes();
        if (free < needBytes) {
            List<Surface> idle = surfaces.loadedAndIdle();
            long idleBytes = idle.stream().mapToLong(Surface::heapBytes).sum();
            if (!claim.serving() && free + idleBytes < needBytes) {
                throw noRoom(claim.scope(), needBytes, budgetBytes - free - idleBytes); // nobody leaves in vain
            }
            free += makeRoom(idle, needBytes - free, leaving);
        }
        if (claim.isOver().getAsBoolean()) {
            return false;
        }
        warnOnce(claim.scope(), needBytes, free);
        reservedBytes += needBytes;
        return true;
    }

    private long makeRoom(List<Surface> idle, long missingBytes, List<Surface> leaving) {
        long made = 0;
        for (Surface surface : idle) {
            if (made >= missingBytes) {
                break;
            }
            made += surface.heapBytes();
            log.info(
                    "artifact manifest evicted tenant={} surface={} bytes={} reason=idle",
                    surface.scope().tenant(),
                    surface.scope().surface(),
                    surface.heapBytes());
            surfaces.forget(surface);
            leaving.add(surface);
        }
        return made;
    }

    private void warnOnce(Scope scope, long needBytes, long freeBytes) {
        boolean now = freeBytes < needBytes;
        if (now && !over) {
            log.warn(
                    "memory budget exceeded tenant={} surface={} need_bytes={} in_use_bytes={} budget_bytes={};"
                            + " the release is loaded, for the surface is in use. Raise memoryBudget and the heap.",
                    scope.tenant(),
                    scope.surface(),
                    needBytes,
                    budgetBytes - freeBytes,
                    budgetBytes);
        }
        over = now;
    }

    private NotReadyException noRoom(Scope scope, long needBytes, long busyBytes) {
        return new NotReadyException(
                "The release of " + scope + " is not loaded: it needs up to " + needBytes
                        + " bytes of the heap, and surfaces in use take " + busyBytes + " of the budget of "
                        + budgetBytes
                        + ". Raise memoryBudget (and the heap), or serve fewer surfaces from this process.",
                null);
    }
}
