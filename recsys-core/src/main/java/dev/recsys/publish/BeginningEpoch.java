package dev.recsys.publish;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.NotFoundException;
import dev.recsys.RecsysException;
import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import dev.recsys.artifact.Revision.Operation;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins an epoch after a store was restored or a pointer spoiled: readers and publishers take its revisions for newer than
 * any of the epoch before, however far that had come. Everything that stays retained was read and is whole.
 */
final class BeginningEpoch {
    private static final Logger log = LoggerFactory.getLogger(ManifestPublisher.class);
    private static final int PAGE = 1_000;
    private static final Pattern ENTRY = Pattern.compile("([0-9]{1,4})/0{4}([0-9]{16})");

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

    /** What to go on from: the register as it is, and the newest revision that can be read. */
    private record Base(BlobVersion version, StoredPointer newest, boolean isCurrent) {}

    Revision begin(Scope scope, OptionalLong release, String reason) {
        Operation operation = author.operation("new-epoch", reason);
        List<Entry> entries = entries(scope);
        Base base = base(scope, entries);
        Pointer newest = base.newest().pointer();
        Pointer start = release.isPresent() ? current(newest, release.getAsLong()) : newest;
        requireWhole(start);
        List<RetainedRelease> retained = RetainedReleases.of(pointers, newest, BeginningEpoch::giveUp);
        Set<Long> whole = retained.stream()
                .filter(kept -> isWhole(kept.shipped()))
                .map(RetainedRelease::id)
                .collect(Collectors.toSet());
        Optional<Pointer.Parent> parent = record(base)
                ? Optional.of(new Pointer.Parent(
                        newest.seq(), newest.tx(), base.newest().sha256()))
                : Optional.empty();
        Entry highest = highest(entries, newest);
        Pointer next = start.next(base.newest().sha256(), author.newTx(), author.now(), operation)
                .renumbered(highest.epoch() + 1, highest.seq() + 1, parent)
                .withRetention(RetentionPlan.keeping(start, retained, whole));
        Committer.Finding finding = committer.commitOver(base.version(), next);
        if (finding.state() != Committer.State.COMMITTED) {
            throw Rebasing.conflict("new-epoch", finding.slot().orElseThrow());
        }
        return next.toRevision(true);
    }

    private Pointer current(Pointer newest, long release) {
        return newest.withRelease(
                release, new ReleaseHistory(pointers).release(newest, release).manifest());
    }

    /** A release whose entry cannot be read cannot be kept; those that can are looked at one by one. */
    private static void giveUp(RecsysException damage) {
        log.warn("a new epoch begins without what cannot be read: {}", damage.getMessage());
    }

    private Base base(Scope scope, List<Entry> entries) {
        ReadResult read = pointers.currentUnless(scope, BlobVersion.ABSENT);
        BlobVersion version = BlobVersion.ABSENT;
        if (read instanceof ReadResult.Found found) {
            Blob blob = found.blob();
            version = blob.version();
            try {
                return new Base(version, pointers.decode(scope, blob), true);
            } catch (DamagedException e) {
                // then the history tells what was there before
            }
        }
        for (int i = entries.size() - 1; i >= 0; i--) {
            Optional<StoredPointer> entry = readable(scope, entries.get(i));
            if (entry.isPresent()) {
                return new Base(version, entry.get(), false);
            }
        }
        throw new NotFoundException("Surface " + scope + " has neither a pointer nor a history that can be read in "
                + store.location() + ". Restore one of them from a backup, or create the surface with the first ship.");
    }

    private Optional<StoredPointer> readable(Scope scope, Entry entry) {
        try {
            return pointers.history(scope, entry.epoch(), entry.seq());
        } catch (DamagedException e) {
            return Optional.empty();
        }
    }

    /** Where an entry of the history stands. */
    private record Entry(long epoch, long seq) {}

    /** Returns where an entry stands; what somebody else put beside them is none. */
    private static Optional<Entry> entry(Scope scope, BlobKey key) {
        Matcher numbers = ENTRY.matcher(
                key.path().substring(ScopeKeys.historyPrefix(scope).length()));
        if (!numbers.matches()) {
            return Optional.empty();
        }
        Entry entry = new Entry(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)));
        boolean possible = entry.epoch() <= PointerCodec.MAX_EPOCH && entry.seq() <= PointerCodec.MAX_SEQ;
        return possible ? Optional.of(entry) : Optional.empty();
    }

    /** The entries of the history, oldest first. */
    private List<Entry> entries(Scope scope) {
        String prefix = ScopeKeys.historyPrefix(scope);
        List<Entry> entries = new ArrayList<>();
        String after = "";
        List<BlobKey> page;
        do {
            page = store.list(prefix, after, PAGE, timeout);
            page.forEach(key -> entry(scope, key).ifPresent(entries::add));
            after = page.isEmpty() ? "" : page.get(page.size() - 1).path();
        } while (page.size() == PAGE);
        entries.sort(Comparator.comparingLong(Entry::epoch).thenComparingLong(Entry::seq));
        return entries;
    }

    /** Release ids are numbers of revisions, so that no number of any epoch is ever used again; a spoiled one is passed by. */
    private static Entry highest(List<Entry> entries, Pointer newest) {
        boolean follows =
                newest.parent().map(parent -> parent.seq() + 1 == newest.seq()).orElse(newest.seq() == 1)
                        || newest.operation().kind().equals("new-epoch");
        long epoch = newest.epoch();
        long seq = follows ? newest.seq() : 0;
        for (Entry entry : entries) {
            epoch = Math.max(epoch, entry.epoch());
            seq = Math.max(seq, entry.seq());
        }
        return new Entry(epoch, seq);
    }

    /** Returns whether the base is in the history now; a fork is not, and what came before it is given up as its parent. */
    private boolean record(Base base) {
        if (!base.isCurrent()) {
            return true;
        }
        try {
            committer.recordInHistory(base.newest());
            return true;
        } catch (DamagedException e) {
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

    private boolean isWhole(Pointer pointer) {
        try {
            requireWhole(pointer);
            return true;
        } catch (DamagedException | NewerFormatException e) {
            return false;
        }
    }
}
