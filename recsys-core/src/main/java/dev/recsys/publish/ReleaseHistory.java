package dev.recsys.publish;

import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.Scope;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.store.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The revisions and releases of a scope, read back from its current pointer. */
final class ReleaseHistory {
    private final PointerReads pointers;

    ReleaseHistory(PointerReads pointers) {
        this.pointers = pointers;
    }

    /** Returns the current pointer. */
    StoredPointer current(Scope scope) {
        return pointers.existing(scope);
    }

    /** Returns the revisions from the current one back, until {@code limit} or one that is no longer kept. */
    List<StoredPointer> revisions(StoredPointer current, long limit) {
        List<StoredPointer> revisions = new ArrayList<>();
        Optional<StoredPointer> next = Optional.of(current);
        while (next.isPresent() && revisions.size() < limit) {
            revisions.add(next.get());
            next = before(next.get().pointer());
        }
        return revisions;
    }

    /** Returns the revision that shipped a release. */
    Pointer release(Pointer current, long id) {
        return pointers.release(current, id);
    }

    /**
     * Returns the newest retained release before the current one of which no artifact is quarantined, and which is not the
     * one that the current epoch went on with under a number of its own.
     */
    Pointer previous(Pointer current) {
        long from = current.retention().fromRelease();
        for (long id = current.release() - 1; id >= from; id--) {
            Pointer revision = entry(current, id);
            if (isShip(revision) && isAnother(current, revision)) {
                return revision;
            }
        }
        long[] exceptions = current.retention()
                .exceptions()
                .filter(id -> id < current.release())
                .toArray();
        for (long id : exceptions) {
            Pointer shipped = release(current, id);
            if (isAnother(current, shipped)) {
                return shipped;
            }
        }
        throw new NotFoundException("There is no release of " + current.scope() + " before release " + current.release()
                + " that is retained and not quarantined. Name one with `--to`, or ship a good build.");
    }

    private static boolean isAnother(Pointer current, Pointer shipped) {
        return !isQuarantined(current, shipped)
                && !shipped.manifest()
                        .value()
                        .artifacts()
                        .equals(current.manifest().value().artifacts());
    }

    private Pointer entry(Pointer current, long seq) {
        return pointers.historyUpTo(current.scope(), current.epoch(), seq)
                .map(StoredPointer::pointer)
                .orElseThrow(
                        () -> new DamagedException("The entry of revision " + seq + " is missing from the history of "
                                + current.scope() + ", and so the release before the current one cannot be told."
                                + " Restore it from a backup, or name a release with `--to`."));
    }

    /** Returns the revision before; empty if there was none, or it is no longer kept. */
    Optional<StoredPointer> before(Pointer pointer) {
        return pointers.before(pointer);
    }

    static boolean isShip(Pointer pointer) {
        return pointer.release() == pointer.seq();
    }

    static boolean isQuarantined(Pointer current, Pointer candidate) {
        return candidate.manifest().value().artifacts().values().stream()
                .anyMatch(ref -> current.quarantined().contains(ref.sha256()));
    }

    /**
     * Returns the digests to quarantine when {@code target} replaces what is current: the outgoing ones if it is older,
     * and in no case those it has. Going forward again to a newer release accuses nobody.
     */
    List<Sha256> quarantineAfter(Pointer current, Pointer target) {
        List<Sha256> kept =
                target.manifest().value().digests().values().stream().toList();
        List<Sha256> digests = new ArrayList<>(current.quarantined());
        if (target.release() < current.release() && target.release() < firstNumber(current)) {
            current.manifest().value().digests().values().stream()
                    .sorted()
                    .filter(digest -> !digests.contains(digest))
                    .forEach(digests::add);
        }
        digests.removeAll(kept);
        return digests;
    }

    /** The number under which what is current was shipped, for an epoch may have gone on with it under one of its own. */
    private long firstNumber(Pointer current) {
        for (long id : current.retention().exceptions().toArray()) {
            boolean isSame = id < current.release()
                    && shipped(current, id)
                            .map(one -> one.manifest().value().artifacts())
                            .equals(Optional.of(current.manifest().value().artifacts()));
            if (isSame) {
                return id;
            }
        }
        return current.release();
    }

    private Optional<Pointer> shipped(Pointer current, long id) {
        try {
            return Optional.of(release(current, id));
        } catch (NotFoundException | DamagedException e) {
            return Optional.empty(); // then it tells nothing
        }
    }
}
