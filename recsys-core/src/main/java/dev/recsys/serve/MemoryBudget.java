package dev.recsys.serve;

import dev.recsys.NotReadyException;
import dev.recsys.Scope;
import java.util.ArrayList;
import java.util.List;
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
     * Makes room for a release; the caller gives it back with {@link #release} when the release is loaded and counts by
     * itself.
     *
     * @param scope whose release
     * @param serving whether the scope has a release already
     * @return whether to load; if not, the surface itself was idle and has left
     * @throws NotReadyException if the scope has nothing loaded and there is no room
     */
    boolean reserve(Scope scope, boolean serving, long needBytes) {
        List<Surface> leaving = new ArrayList<>();
        try {
            return reserve(scope, serving, needBytes, leaving);
        } finally {
            leaving.forEach(surfaces::stop); // without the lock: it completes what callers wait for
        }
    }

    synchronized void release(long needBytes) {
        reservedBytes -= needBytes;
    }

    private synchronized boolean reserve(Scope scope, boolean serving, long needBytes, List<Surface> leaving) {
        long free = budgetBytes - reservedBytes - surfaces.heapBytes();
        if (free < needBytes) {
            List<Surface> idle = surfaces.loadedAndIdle();
            long idleBytes = idle.stream().mapToLong(Surface::heapBytes).sum();
            if (!serving && free + idleBytes < needBytes) {
                throw noRoom(scope, needBytes, budgetBytes - free - idleBytes); // nobody leaves in vain
            }
            free += makeRoom(idle, needBytes - free, leaving);
        }
        if (leaving.stream().anyMatch(surface -> surface.scope().equals(scope))) {
            return false;
        }
        warnOnce(scope, needBytes, free);
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
