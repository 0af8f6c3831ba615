package dev.recsys.serve;

import dev.recsys.DamagedException;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.serve.Serving.Source;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The one reference to what serves, and the rule of what may replace it: a later revision, or the same one that the store
 * has confirmed; never an earlier one. A bootstrap alone gives way to whatever the store says: it was bundled, not seen.
 * Two threads may try at once, one with what the store says and one with what is on the disk.
 */
final class Service {
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile @Nullable Serving current;
    private volatile boolean over;

    /** Returns what serves, or null. */
    @Nullable
    Serving current() {
        return current;
    }

    /** Completes when something serves. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /**
     * Takes what was loaded, unless that revision serves already, or something better than a copy from the disk.
     *
     * @return whether it serves now and did not before
     * @throws DamagedException if it comes from the store and goes back
     */
    synchronized boolean offer(Serving loaded) {
        if (over) {
            return false;
        }
        Serving now = current;
        if (now != null && now.isOf(loaded.revision())) {
            current = loaded.isConfirmed() ? now.confirmed() : now;
            return false;
        }
        if (loaded.isConfirmed()) {
            requireProgress(loaded.revision(), now);
        } else if (now != null && (now.isConfirmed() || !isLater(loaded.revision(), now.revision()))) {
            return false;
        }
        current = loaded;
        ready.complete(null);
        return true;
    }

    /** Gives up what serves, and takes nothing more. */
    synchronized void end() {
        over = true;
        current = null;
    }

    /** Returns whether nothing is taken any more: what would be loaded now comes to nothing. */
    boolean isOver() {
        return over;
    }

    static void requireProgress(Revision found, @Nullable Serving serving) {
        if (serving != null && serving.source() != Source.BOOTSTRAP) {
            requireProgress(found, serving.revision());
        }
    }

    static void requireProgress(Revision found, Revision before) {
        boolean same = found.epoch() == before.epoch()
                && found.seq() == before.seq()
                && found.tx().equals(before.tx());
        boolean older = !same && !isLater(found, before);
        boolean jumped = (found.epoch() == before.epoch() && found.seq() - before.seq() > Pointer.MAX_SEQ_JUMP)
                || found.epoch() - before.epoch() > Pointer.MAX_EPOCH_JUMP;
        if (older || jumped) {
            throw new DamagedException("The pointer of " + found.scope() + " is revision " + found.epoch() + "/"
                    + found.seq() + " after " + before.epoch() + "/" + before.seq()
                    + (older ? ", which goes back" : ", which is too far ahead")
                    + "; what is loaded serves on. If the store was restored from a backup, or somebody wrote over "
                    + ScopeKeys.current(found.scope()) + ", restore the newest pointer or begin a `new-epoch`.");
        }
    }

    private static boolean isLater(Revision one, Revision other) {
        return one.epoch() != other.epoch() ? one.epoch() > other.epoch() : one.seq() > other.seq();
    }
}
