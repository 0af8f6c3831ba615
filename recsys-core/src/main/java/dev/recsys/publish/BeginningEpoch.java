package dev.recsys.publish;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.NotFoundException;
import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import dev.recsys.artifact.Revision.Operation;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.ManifestDocument;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.Retention;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins an epoch after a store was restored or a pointer spoiled: readers and publishers take its revisions for newer than
 * any of the epoch before, however far that had come. It begins with a release of its own number. Everything that stays
 * retained was found as later operations will find it, and is whole.
 */
final class BeginningEpoch {
    private static final Logger log = LoggerFactory.getLogger(ManifestPublisher.class);

    private final BlobStore store;
    private final Author author;
    private final PointerReads pointers;
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
        this.loader = loader;
        this.committer = committer;
        this.timeout = timeout;
    }

    /**
     * What to go on from.
     *
     * @param version the register's as it is
     * @param newest the newest revision that can be read
     * @param isCurrent whether the register holds it
     */
    private record Base(BlobVersion version, StoredPointer newest, boolean isCurrent) {
        Pointer pointer() {
            return newest.pointer();
        }
    }

    Revision begin(Scope scope, OptionalLong release, String reason) {
        Operation operation = author.operation("new-epoch", reason);
        HistoryListing history = HistoryListing.of(store, scope, timeout);
        Base base = base(scope, history);
        committer.requireMayFollow(base.newest());
        Pointer newest = base.pointer();
        Pointer start = release.isPresent() ? named(scope, history, release.getAsLong()) : newest;
        requireWhole(start);
        Pointer next = newest.next(base.newest().sha256(), author.newTx(), author.now(), operation);
        next = numbered(next, base, history);
        if (start.release() > 0) {
            next = next.withRelease(next.seq(), start.manifest())
                    .withQuarantined(withoutThoseOf(start.manifest(), next.quarantined()))
                    .withRetention(kept(newest, next, history));
        }
        Committer.Finding finding = committer.commitOver(base.version(), next);
        if (finding.state() != Committer.State.COMMITTED) {
            throw Rebasing.conflict("new-epoch", finding.slot().orElseThrow());
        }
        return next.toRevision(true);
    }

    private Base base(Scope scope, HistoryListing history) {
        ReadResult read = pointers.currentUnless(scope, BlobVersion.ABSENT);
        BlobVersion version = BlobVersion.ABSENT;
        if (read instanceof ReadResult.Found found) {
            Blob blob = found.blob();
            version = blob.version();
            try {
                return new Base(version, pointers.decode(scope, blob), true);
            } catch (DamagedException e) {
                log.warn("a new epoch begins from the history: {}", e.getMessage());
            }
        }
        for (HistoryListing.Entry entry : history.newestFirst()) {
            Optional<StoredPointer> readable = readable(scope, entry);
            if (readable.isPresent()) {
                return new Base(version, readable.get(), false);
            }
        }
        throw new NotFoundException("Surface " + scope + " has neither a pointer nor a history that can be read in "
                + store.location() + ". Restore one of them from a backup, or create the surface with the first ship.");
    }

    /** Any release that the history has will do: a pointer that was put back does not know the later ones. */
    private Pointer named(Scope scope, HistoryListing history, long id) {
        Optional<Pointer> found = history.newestFirst().stream()
                .filter(entry -> entry.seq() == id)
                .flatMap(entry -> readable(scope, entry).stream())
                .map(StoredPointer::pointer)
                .filter(ReleaseHistory::isShip)
                .findFirst();
        return found.orElseThrow(
                () -> new NotFoundException(
                        "The history of " + scope + " has no release " + id
                                + " that can be read. `history` lists the revisions; name another release, or none to go on with what is current."));
    }

    private Optional<StoredPointer> readable(Scope scope, HistoryListing.Entry entry) {
        try {
            return pointers.history(scope, entry.epoch(), entry.seq());
        } catch (DamagedException e) {
            return Optional.empty();
        }
    }

    /**
     * Release ids are numbers of revisions, and so none that was ever used begins again: the highest entry of the history
     * was written by a successor, whether or not that one can be read. A spoiled number is passed by.
     */
    private Pointer numbered(Pointer next, Base base, HistoryListing history) {
        Pointer newest = base.pointer();
        long epoch = readableEpoch(newest.scope(), history);
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

    /** The newest epoch that has an entry; names alone make none, for readers follow a few epochs ahead and no further. */
    private long readableEpoch(Scope scope, HistoryListing history) {
        return history.newestFirst().stream()
                .filter(entry -> readable(scope, entry).isPresent())
                .findFirst()
                .map(HistoryListing.Entry::epoch)
                .orElse(0L);
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
            committer.recordInHistory(base.newest());
            return true;
        } catch (DamagedException e) {
            log.warn("a new epoch begins without what came before it: {}", e.getMessage());
            return false;
        }
    }

    private static List<Sha256> withoutThoseOf(ManifestDocument manifest, List<Sha256> quarantined) {
        List<Sha256> others = new ArrayList<>(quarantined);
        others.removeAll(manifest.value().digests().values());
        return others;
    }

    /** Of what was retained: what is pinned, and of the rest the newest, as far as it is whole. */
    private Retention kept(Pointer newest, Pointer next, HistoryListing history) {
        Set<Long> pinned = new HashSet<>(newest.retention().pinned());
        List<Long> stillPinned = new ArrayList<>();
        List<Retention.Retired> also = new ArrayList<>();
        for (long id : history.seqs()) {
            boolean isPinned = pinned.contains(id);
            if (!newest.retains(id) || (!isPinned && also.size() == RetentionPlan.EXCEPTIONS)) {
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
            Optional<Pointer> shipped = pointers.historyUpTo(next.scope(), next.epoch(), id)
                    .map(StoredPointer::pointer)
                    .filter(ReleaseHistory::isShip);
            shipped.ifPresent(this::requireWhole);
            return shipped.isPresent();
        } catch (DamagedException | NewerFormatException e) {
            log.warn("a new epoch begins without release {} of {}: {}", id, next.scope(), e.getMessage());
            return false;
        }
    }

    private void requireWhole(Pointer pointer) {
        pointer.manifest()
                .value()
                .artifacts()
                .keySet()
                .forEach(type -> loader.load(pointer.scope(), pointer.manifest().value(), type));
    }
}
