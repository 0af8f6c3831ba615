package dev.recsys.serve;

import dev.recsys.DamagedException;
import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.serve.SnapshotStatus.State;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One scope as a reader knows it. Requests read {@link #snapshot()} once; {@link #poll()} alone changes it, by one
 * volatile write, and is called by one thread at a time. The version token is remembered last: a revision that could not
 * be loaded is asked for again.
 */
final class Surface {
    /** A sequence number may grow by so much from one poll to the next; more is a spoiled pointer, not progress. */
    static final long MAX_JUMP = 1_000_000;

    /** An epoch begins when somebody restored the store, which happens a few times at most. */
    static final long MAX_EPOCH_JUMP = 10;

    private static final long SECOND_NANOS = 1_000_000_000;
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRecommender.class);

    private final Scope scope;
    private final PointerReads pointers;
    private final SnapshotLoader loader;
    private final Listeners listeners;
    private final LongSupplier nanoTime;
    private final Duration staleAfter;

    private final CompletableFuture<Void> firstPoll = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile @Nullable Snapshot snapshot;
    private volatile Health health;
    private volatile boolean left;
    private volatile long usedAtNanos; // to the second
    private BlobVersion version = BlobVersion.ABSENT;
    private Optional<String> nothingLoadedBecause = Optional.empty();

    Surface(
            Scope scope,
            PointerReads pointers,
            SnapshotLoader loader,
            Listeners listeners,
            LongSupplier nanoTime,
            Duration staleAfter) {
        this.scope = scope;
        this.pointers = pointers;
        this.loader = loader;
        this.listeners = listeners;
        this.nanoTime = nanoTime;
        this.staleAfter = staleAfter;
        this.health = new Health(0, Optional.of("the store was not asked yet"), Optional.empty(), Optional.empty());
        this.usedAtNanos = nanoTime.getAsLong();
    }

    /**
     * How the polls went.
     *
     * @param failures in a row
     * @param lastError why the last one failed, or why nothing is loaded
     * @param failure what the last one failed with
     * @param verifiedAtNanos when the store was last asked with success
     */
    private record Health(
            int failures, Optional<String> lastError, Optional<Throwable> failure, Optional<Long> verifiedAtNanos) {
        static Health good(Optional<String> lastError, long verifiedAtNanos) {
            return new Health(0, lastError, Optional.empty(), Optional.of(verifiedAtNanos));
        }
    }

    Scope scope() {
        return scope;
    }

    @Nullable
    Snapshot snapshot() {
        return snapshot;
    }

    /** Completes when the store was asked once, whatever came of it. */
    CompletableFuture<Void> firstPoll() {
        return firstPoll;
    }

    /** Completes when there is a snapshot. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Notes a request, once a second at most: requests of many threads must not contend for a cache line. */
    void used(long nowNanos) {
        if (nowNanos - usedAtNanos > SECOND_NANOS) {
            usedAtNanos = nowNanos;
        }
    }

    long usedAtNanos() {
        return usedAtNanos;
    }

    /** Gives up what is loaded; a load under way comes to nothing. */
    void leave() {
        left = true;
        snapshot = null;
    }

    /** Returns whether this surface gave way to others: whoever holds it should ask for a new one. */
    boolean hasLeft() {
        return left;
    }

    /** Returns what is loaded of the heap. */
    long heapBytes() {
        Snapshot current = snapshot;
        return current == null ? 0 : current.heapBytes();
    }

    Optional<Throwable> lastFailure() {
        return health.failure();
    }

    int failures() {
        return health.failures();
    }

    /** Returns the time since the store was last asked with success, if that is longer than it should be. */
    Optional<Duration> staleFor(long nowNanos) {
        Optional<Long> verifiedAt = health.verifiedAtNanos();
        if (verifiedAt.isPresent() && nowNanos - verifiedAt.get() <= staleAfter.toNanos()) {
            return Optional.empty();
        }
        return verifiedAt.map(at -> Duration.ofNanos(nowNanos - at));
    }

    SnapshotStatus status() {
        Snapshot current = snapshot;
        Health now = health;
        long nowNanos = nanoTime.getAsLong();
        State state = current == null ? State.NOT_READY : staleFor(nowNanos).isPresent() ? State.STALE : State.FRESH;
        return new SnapshotStatus(
                scope,
                state,
                Optional.ofNullable(current).map(Snapshot::revision),
                now.verifiedAtNanos().map(at -> Duration.ofNanos(nowNanos - at)),
                current == null ? 0 : current.heapBytes(),
                now.failures(),
                now.lastError());
    }

    /** Asks the store once, and loads what is new. Never throws: whatever fails, the snapshot before serves on. */
    void poll() {
        try {
            health = Health.good(ask(), nanoTime.getAsLong());
        } catch (Throwable e) { // an Error too: the next poll may succeed, and nobody else would start it
            failed(e);
        }
        listeners.polled(status());
        firstPoll.complete(null);
    }

    /** Returns why nothing is loaded, if so. */
    private Optional<String> ask() {
        ReadResult result = pointers.currentUnless(scope, version);
        if (result instanceof ReadResult.NotModified) {
            return nothingLoadedBecause;
        }
        if (result instanceof ReadResult.Found found) {
            return accept(pointers.decode(scope, found.blob()));
        }
        if (snapshot != null) {
            throw new DamagedException("The pointer of " + scope + " vanished from the store; what is loaded serves on."
                    + " Pointers are never deleted: look for the wrong folder or bucket, and restore it.");
        }
        return Optional.of("the surface does not exist in the store");
    }

    private Optional<String> accept(StoredPointer stored) {
        Pointer pointer = stored.pointer();
        Snapshot before = snapshot;
        if (before != null) {
            requireProgress(pointer, before.revision());
        }
        if (pointer.release() == 0) {
            version = stored.version();
            nothingLoadedBecause = Optional.of("nothing was shipped to the surface yet");
            return nothingLoadedBecause;
        }
        Revision revision = pointer.toRevision(true);
        if (before == null || !sameRevision(before.revision(), revision)) {
            load(revision, before);
        }
        version = stored.version();
        nothingLoadedBecause = Optional.empty();
        return nothingLoadedBecause;
    }

    private void load(Revision revision, @Nullable Snapshot before) {
        long startNanos = nanoTime.getAsLong();
        loader.load(revision, Optional.ofNullable(before), loaded -> serve(loaded, startNanos));
    }

    private void serve(Snapshot loaded, long startNanos) {
        snapshot = loaded;
        if (left) { // looked at after the write, as leave() writes after it said so
            snapshot = null;
            return;
        }
        Revision revision = loaded.revision();
        long endNanos = nanoTime.getAsLong();
        health = Health.good(Optional.empty(), endNanos);
        Duration took = Duration.ofNanos(endNanos - startNanos);
        log.info(
                "artifact manifest loaded tenant={} surface={} release={} epoch={} seq={} artifacts={} bytes={} duration_ms={}",
                scope.tenant(),
                scope.surface(),
                revision.release(),
                revision.epoch(),
                revision.seq(),
                revision.manifest().artifacts().size(),
                revision.manifest().sizeBytes(),
                took.toMillis());
        listeners.loaded(status(), took);
        ready.complete(null);
    }

    private void requireProgress(Pointer pointer, Revision serving) {
        boolean older = !sameRevision(serving, pointer.toRevision(true))
                && !pointer.isNewerThan(serving.epoch(), serving.seq());
        boolean sameEpoch = pointer.epoch() == serving.epoch();
        boolean jumped = (sameEpoch && pointer.seq() - serving.seq() > MAX_JUMP)
                || pointer.epoch() - serving.epoch() > MAX_EPOCH_JUMP;
        if (older || jumped) {
            throw new DamagedException("The pointer of " + scope + " is revision " + pointer.epoch() + "/"
                    + pointer.seq() + " after " + serving.epoch() + "/" + serving.seq()
                    + (older ? ", which goes back" : ", which is too far ahead")
                    + "; what is loaded serves on. Was the store restored from a backup?");
        }
    }

    private static boolean sameRevision(Revision one, Revision other) {
        return one.epoch() == other.epoch()
                && one.seq() == other.seq()
                && one.tx().equals(other.tx());
    }

    private void failed(Throwable e) {
        int failures = health.failures() + 1;
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        health = new Health(failures, Optional.of(message), Optional.of(e), health.verifiedAtNanos());
        log.error(
                "artifact manifest fetch failed tenant={} surface={} serving_release={} failures={} error={}",
                scope.tenant(),
                scope.surface(),
                snapshot == null ? "none" : String.valueOf(snapshot.revision().release()),
                failures,
                message);
        listeners.loadFailed(scope, e);
    }
}
