package dev.recsys.publish;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.NotFoundException;
import dev.recsys.RecsysException;
import dev.recsys.Scope;
import dev.recsys.artifact.Revision.Operation;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.Retention;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins an epoch after a store was restored or a pointer spoiled: readers and publishers take its revisions for newer than
 * any of the epoch before, however far that had come. It begins with a release of its own number. Everything that stays
 * retained was found as later operations will find it, and is whole.
 */
final class BeginningEpoch {
    private static final Logger log = LoggerFactory.getLogger(ManifestPublisher.class);

    private static final int LOOKS = 3;
    private static final long MAX_JUNK_BYTES = 64 << 20;

    private final BlobStore store;
    private final Author author;
    private final PointerReads pointers;
    private final ReleaseHistory releases;
    private final ArtifactLoader loader;
    private final Committer committer;
    private final Duration timeout;

    BeginningEpoch(
            BlobStore store,
            Author author,
            PointerReads pointers,
            ArtifactLoader loader,
            Committer committer,
            Duration timeout) {
        this.store = store;
        this.author = author;
        this.pointers = pointers;
        this.releases = new ReleaseHistory(pointers);
        this.loader = loader;
        this.committer = committer;
        this.timeout = timeout;
    }

    /**
     * What to go on from.
     *
     * @param version the register's as it is
     * @param newest the newest revision that can be read: the register's, else that of the history
     * @param latest the newest of both, which may know of more that was decided
     * @param isCurrent whether the register holds the newest
     */
    private record Base(BlobVersion version, StoredPointer newest, Pointer latest, boolean isCurrent) {
        Pointer pointer() {
            return newest.pointer();
        }
    }

    NewEpoch begin(Scope scope, OptionalLong release, String reason) {
        Operation operation = author.operation("new-epoch", reason);
        ReadResult register = register(scope);
        HistoryListing history = HistoryListing.of( // later: what is newer makes the swap fail
                store, scope, timeout, entry -> readable(scope, entry).isPresent());
        Optional<StoredPointer> entry = newestEntry(scope, history);
        Base base = base(scope, register, entry);
        committer.requireMayFollow(base.newest());
        Pointer newest = base.pointer();
        Pointer wanted = release.isPresent() ? named(newest, history, release.getAsLong()) : newest;
        Pointer start = believed(() -> whole(wanted));
        Pointer next = newest.next(base.newest().sha256(), author.newTx(), author.now(), operation)
                .withHold(newest.hold().or(base.latest()::hold));
        next = numbered(next, base, history, entry);
        if (start.release() > 0) {
            next = next.withRelease(next.seq(), start.manifest())
                    .withQuarantined(quarantined(base, start))
                    .withRetention(kept(base, next, history));
        }
        Committer.Finding finding = committer.commitOver(
                Optional.of(base.newest()).filter(stored -> base.isCurrent()), base.version(), next);
        if (finding.state() != Committer.State.COMMITTED) {
            throw Rebasing.conflict("new-epoch", finding.slot().orElseThrow());
        }
        recordItself(next);
        return new NewEpoch(
                next.toRevision(true), start.release(), next.parent().isPresent());
    }

    /** What was written over a pointer may be longer than any pointer; its version is needed all the same. */
    private ReadResult register(Scope scope) {
        try {
            return pointers.currentUnless(scope, BlobVersion.ABSENT);
        } catch (DamagedException e) {
            return store.read(ScopeKeys.current(scope), BlobVersion.ABSENT, MAX_JUNK_BYTES, timeout);
        }
    }

    private Base base(Scope scope, ReadResult register, Optional<StoredPointer> entry) {
        BlobVersion version = BlobVersion.ABSENT;
        if (register instanceof ReadResult.Found found) {
            version = found.blob().version();
            try {
                StoredPointer current = pointers.decode(scope, found.blob());
                Pointer pointer = current.pointer();
                Pointer latest = entry.map(StoredPointer::pointer)
                        .filter(newer -> newer.isNewerThan(pointer.epoch(), pointer.seq()))
                        .orElse(pointer);
                return new Base(version, current, latest, true);
            } catch (DamagedException e) {
                log.warn("a new epoch begins from the history: {}", e.getMessage());
            }
        }
        StoredPointer newest = entry.orElseThrow(() -> new NotFoundException(
                "Surface " + scope + " has neither a pointer nor a history that can be read in " + store.location()
                        + ". Restore one of them from a backup, or create the surface with the first ship."));
        return new Base(version, newest, newest.pointer(), false);
    }

    private Optional<StoredPointer> newestEntry(Scope scope, HistoryListing history) {
        return history.newestFirst().stream()
                .flatMap(entry -> readable(scope, entry).stream())
                .findFirst();
    }

    /**
     * The history tells of a lost pointer's epoch, once somebody followed it; this makes sure that it does at once, or its
     * number would be given out again.
     */
    private void recordItself(Pointer begun) {
        try {
            pointers.current(begun.scope())
                    .filter(stored -> stored.pointer().tx().equals(begun.tx()))
                    .ifPresent(committer::recordInHistory);
        } catch (RecsysException e) {
            log.warn("the history of {} has no entry of its new epoch yet: {}", begun.scope(), e.getMessage());
        }
    }

    /** Reads up to three times before damage is believed, for a connection that breaks looks the same. */
    private static <T> T believed(Supplier<T> read) {
        for (int looks = 1; ; looks++) {
            try {
                return read.get();
            } catch (DamagedException e) {
                if (looks == LOOKS) {
                    throw e;
                }
            }
        }
    }

    /**
     * A pointer that was put back does not know the later releases, and yet retains them by their numbers. What it does not
     * retain, a collector may be deleting.
     */
    private Pointer named(Pointer newest, HistoryListing history, long id) {
        Scope scope = newest.scope();
        Optional<Pointer> found = history.newestFirst().stream()
                .filter(entry -> entry.seq() == id && newest.retains(id))
                .flatMap(entry -> readable(scope, entry).stream())
                .map(StoredPointer::pointer)
                .filter(ReleaseHistory::isShip)
                .findFirst()
                .or(() -> Optional.of(newest).filter(ship -> ship.seq() == id && ReleaseHistory.isShip(ship)));
        return found.orElseThrow(
                () -> new NotFoundException(
                        "Release " + id + " of " + scope
                                + " is not retained, or the history has no entry of it that can be read. `history` lists the revisions; name another release, or none to go on with what is current."));
    }

    private Optional<StoredPointer> readable(Scope scope, HistoryListing.Entry entry) {
        try {
            return believed(() -> pointers.history(scope, entry.epoch(), entry.seq()));
        } catch (DamagedException e) {
            return Optional.empty();
        }
    }

    /**
     * Release ids are numbers of revisions, and so none that was ever used begins again: the highest entry of the history
     * was written by a successor, whether or not that one can be read. A spoiled number is passed by.
     */
    private Pointer numbered(Pointer next, Base base, HistoryListing history, Optional<StoredPointer> entry) {
        Pointer newest = base.pointer();
        long epoch = entry.map(stored -> stored.pointer().epoch()).orElse(0L); // names alone make none
        long seq = history.highestSeq() + 1;
        boolean follows = history.canPrecede(newest);
        if (follows) {
            epoch = Math.max(epoch, newest.epoch());
            seq = Math.max(seq, newest.seq());
        }
        Optional<Pointer.Parent> parent = follows && isParent(base)
                ? Optional.of(new Pointer.Parent(
                        newest.seq(), newest.tx(), base.newest().sha256()))
                : Optional.empty();
        return next.beginning(Math.max(1, epoch) + 1, seq + 1, parent);
    }

    /**
     * Returns whether the register holds the base and the history does too, now. What came before a lost pointer, or before
     * a fork, is given up: the next revision replaces something else.
     */
    private boolean isParent(Base base) {
        if (!base.isCurrent()) {
            return false;
        }
        try {
            return believed(() -> {
                committer.recordInHistory(base.newest());
                return true;
            });
        } catch (DamagedException e) {
            log.warn("a new epoch begins without what came before it: {}", e.getMessage());
            return false;
        }
    }

    /** What was accused stays so, and what an older release replaces is accused as by a rollback. */
    private List<Sha256> quarantined(Base base, Pointer start) {
        List<Sha256> digests = new ArrayList<>(releases.quarantineAfter(base.pointer(), start));
        base.latest().quarantined().stream()
                .filter(digest -> !digests.contains(digest))
                .forEach(digests::add);
        digests.removeAll(start.manifest().value().digests().values());
        return digests;
    }

    /** Of what was retained: what is pinned, and of the rest the newest, as far as it is whole. */
    private Retention kept(Base base, Pointer next, HistoryListing history) {
        Pointer newest = base.pointer();
        Set<Long> pinned = new HashSet<>(newest.retention().pinned());
        pinned.addAll(base.latest().retention().pinned());
        SortedSet<Long> ids = new TreeSet<>(Comparator.reverseOrder());
        ids.addAll(history.seqs());
        ids.add(newest.seq()); // which is in the history since it was listed
        ids.removeIf(id -> id >= next.seq()); // a spoiled one
        List<Long> stillPinned = new ArrayList<>();
        List<Retention.Retired> also = new ArrayList<>();
        for (long id : ids) {
            boolean isPinned = pinned.contains(id);
            boolean isWanted = isPinned || (newest.retains(id) && also.size() < RetentionPlan.EXCEPTIONS);
            if (!isWanted) {
                continue;
            }
            if (!isWholeRelease(next, id)) {
                continue;
            }
            if (isPinned) {
                stillPinned.add(id);
            } else {
                also.add(new Retention.Retired(id, next.seq()));
            }
        }
        stillPinned.sort(null);
        return new Retention(next.seq(), also, stillPinned);
    }

    private boolean isWholeRelease(Pointer next, long id) {
        try {
            return believed(() -> pointers.historyUpTo(next.scope(), next.epoch(), id)
                    .map(StoredPointer::pointer)
                    .filter(ReleaseHistory::isShip)
                    .map(this::whole)
                    .isPresent());
        } catch (DamagedException | NewerFormatException e) {
            log.warn("a new epoch begins without release {} of {}: {}", id, next.scope(), e.getMessage());
            return false;
        }
    }

    /** Returns a pointer whose artifacts were all read, or throws. */
    private Pointer whole(Pointer pointer) {
        pointer.manifest()
                .value()
                .artifacts()
                .keySet()
                .forEach(type -> loader.load(pointer.scope(), pointer.manifest().value(), type));
        return pointer;
    }
}
