package dev.recsys.serve;

import dev.recsys.DamagedException;
import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.serve.Serving.Source;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a surface never goes behind: what the store said before, in this process or, as far as the local disk tells, in an
 * earlier one. A bootstrap is no part of it: it was bundled, not seen.
 */
final class Floor {
    private final Scope scope;
    private final PointerReads pointers;
    private final Supplier<Optional<Pointer>> newestKept;

    /**
     * Knows of nothing but what is asked for.
     *
     * @param pointers reads the history
     * @param newestKept the newest revision of which the local disk has a sound pointer
     */
    Floor(Scope scope, PointerReads pointers, Supplier<Optional<Pointer>> newestKept) {
        this.scope = scope;
        this.pointers = pointers;
        this.newestKept = newestKept;
    }

    /**
     * Refuses a pointer that goes back, runs away, or has another past than what was seen.
     *
     * @throws DamagedException if so
     */
    void requireProgress(Pointer found, @Nullable Serving before) {
        Revision revision = found.toRevision(true);
        Optional<Revision> kept = kept(before);
        kept.ifPresent(seen -> Service.requireProgress(revision, seen));
        Service.requireProgress(revision, before);
        seen(before).or(() -> kept).ifPresent(seen -> requireSameHistory(found, seen));
    }

    /**
     * Refuses that there is no pointer where one was seen.
     *
     * @throws DamagedException if so
     */
    void requireNeverSeen(@Nullable Serving before) {
        if (seen(before).isPresent() || kept(before).isPresent()) {
            throw new DamagedException("The pointer of " + scope + " vanished from the store; what is loaded serves on."
                    + " Pointers are never deleted: look for the wrong folder or bucket, and restore it.");
        }
    }

    private static Optional<Revision> seen(@Nullable Serving before) {
        return Optional.ofNullable(before)
                .filter(serving -> serving.source() != Source.BOOTSTRAP)
                .map(Serving::revision);
    }

    /** Returns the newest revision that was served before this process; what it serves itself it knows. */
    private Optional<Revision> kept(@Nullable Serving before) {
        return before != null && before.isConfirmed()
                ? Optional.empty()
                : newestKept.get().map(pointer -> pointer.toRevision(true));
    }

    /**
     * A store that was put back and then shipped to has another revision of a number that was seen. A later epoch is meant
     * to differ; an entry that is not there tells nothing.
     */
    private void requireSameHistory(Pointer pointer, Revision seen) {
        if (pointer.epoch() != seen.epoch() || pointer.seq() <= seen.seq()) {
            return;
        }
        boolean same = pointer.parent()
                .filter(parent -> parent.seq() == seen.seq())
                .map(parent -> parent.tx().equals(seen.tx()))
                .orElseGet(() -> pointers.history(scope, seen.epoch(), seen.seq())
                        .map(entry -> entry.pointer().tx().equals(seen.tx()))
                        .orElse(true));
        if (!same) {
            throw new DamagedException("The pointer of " + scope + " is revision " + pointer.epoch() + "/"
                    + pointer.seq() + ", and its revision " + seen.epoch() + "/" + seen.seq()
                    + " is not the one that was seen: the store was put back, and shipped to since; what is loaded serves"
                    + " on. Begin a new epoch if this is meant.");
        }
    }
}
