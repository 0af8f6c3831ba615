package dev.recsys.serve;

import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.serve.Serving.Source;
import dev.recsys.serve.SnapshotStatus.State;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One scope as a reader knows it. Requests read {@link #serving()} once. What serves is changed by {@link #poll()}, which
 * one thread calls at a time, and by {@link #startFromDisk()}, which may run beside it, as far as {@link Service} allows.
 * The version token is remembered last: a revision that could not be loaded is asked for again.
 */
final class Surface {
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRecommender.class);

    private final Scope scope;
    private final PointerReads pointers;
    private final ReleaseLoader loader;
    private final ColdStart coldStart;
    private final Listeners listeners;
    private final LongSupplier nanoTime;
    private final long staleAfterNanos;

    private final CompletableFuture<Void> firstLook = new CompletableFuture<>();
    private final Object disk = new Object(); // held while a copy on the local disk is looked for
    private final Service service;
    private final Planner planner;
    private final VariantReleases variantReleases;
    private final Floor floor;
    private volatile Health health;
    private volatile Optional<String> diskTold = Optional.empty(); // why better copies were passed over
    private volatile Optional<Pointer> fromStore = Optional.empty();
    private boolean lookAgain = true; // on the local disk
    private volatile long usedAtNanos; // to the second
    private BlobVersion version = BlobVersion.ABSENT;
    private Optional<String> nothingLoadedBecause = Optional.empty();

    Surface(
            Scope scope,
            PointerReads pointers,
            ReleaseLoader loader,
            ColdStart coldStart,
            Service service,
            Planner planner,
            VariantReleases variantReleases,
            Listeners listeners,
            LongSupplier nanoTime,
            Duration staleAfter) {
        this.scope = scope;
        this.pointers = pointers;
        this.loader = loader;
        this.coldStart = coldStart;
        this.listeners = listeners;
        this.nanoTime = nanoTime;
        this.staleAfterNanos = TimeUnit.NANOSECONDS.convert(staleAfter);
        this.service = service;
        this.planner = planner;
        this.variantReleases = variantReleases;
        this.floor = new Floor(scope, pointers, coldStart::newestKept);
        this.health = Health.unknown();
        this.usedAtNanos = nanoTime.getAsLong();
    }

    Scope scope() {
        return scope;
    }

    @Nullable
    Serving serving() {
        return service.current();
    }

    /** Prepares what requests rank by. */
    Planner planner() {
        return planner;
    }

    /** Returns what serves, where it does not matter where that comes from. */
    @Nullable
    Snapshot snapshot() {
        Serving now = service.current();
        return now == null ? null : now.snapshot();
    }

    /** Completes when the store was asked once, whatever came of it, or something serves from the local disk. */
    CompletableFuture<Void> firstPoll() {
        return firstLook;
    }

    /** Completes when there is a snapshot. */
    CompletableFuture<Void> ready() {
        return service.ready();
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
        service.end();
        planner.leave();
    }

    /** Returns whether this surface gave way to others: whoever holds it should ask for a new one. */
    boolean hasLeft() {
        return service.isOver();
    }

    /** Returns what is loaded of the heap. */
    long heapBytes() {
        Snapshot current = snapshot();
        return (current == null ? 0 : current.heapBytes()) + planner.othersHeapBytes();
    }

    Optional<Throwable> lastFailure() {
        return health.failure();
    }

    int failures() {
        return health.failures();
    }

    /** Returns the time since the store was last asked with success, if that is longer than it should be. */
    Optional<Duration> staleFor(long nowNanos) {
        Health now = health;
        return now.isOlderThan(staleAfterNanos, nowNanos) ? now.sinceVerified(nowNanos) : Optional.empty();
    }

    SnapshotStatus status() {
        Serving current = service.current();
        Health now = health;
        long nowNanos = nanoTime.getAsLong();
        return new SnapshotStatus(
                scope,
                state(current, nowNanos),
                Optional.ofNullable(current).map(Serving::revision),
                now.sinceVerified(nowNanos),
                heapBytes(),
                now.failures(),
                problem(current, now));
    }

    private State state(@Nullable Serving current, long nowNanos) {
        if (current == null) {
            return State.NOT_READY;
        }
        return switch (current.source()) {
            case STORE -> staleFor(nowNanos).isPresent() ? State.STALE : State.FRESH;
            case LAST_KNOWN_GOOD -> State.LAST_KNOWN_GOOD;
            case BOOTSTRAP -> State.BOOTSTRAP;
        };
    }

    private Optional<String> problem(@Nullable Serving current, Health now) {
        boolean fromStoreAlone = current != null && current.isConfirmed();
        Optional<String> disk = fromStoreAlone ? loader.problem() : diskTold;
        return now.lastError()
                .map(error -> error
                        + disk.map(more -> " (on the local disk: " + more + ")").orElse(""))
                .or(() -> disk);
    }

    /** Asks the store once, and loads what is new. Never throws: whatever fails, the snapshot before serves on. */
    void poll() {
        if (hasLeft()) {
            firstLook.complete(null);
            return;
        }
        try {
            planner.prepareControls();
            health = Health.good(ask(), nanoTime.getAsLong());
            loader.keepLeftover();
            loadVariantReleases();
            planner.refresh();
        } catch (Throwable e) { // an Error too: the next poll may succeed, and nobody else would start it
            failed(e);
        } finally {
            startFromDisk();
            firstLook.complete(null);
        }
        listeners.polled(status());
    }

    /** Serves what is on the local disk, unless the store has confirmed what serves. Never throws. */
    void startFromDisk() {
        synchronized (disk) {
            Serving now = service.current();
            if (hasLeft() || (now != null && (now.isConfirmed() || !lookAgain))) {
                return;
            }
            long startNanos = nanoTime.getAsLong();
            try {
                ColdStart.Result result = coldStart.load(
                        Optional.ofNullable(now).map(Serving::revision), fromStore, found -> serve(found, startNanos));
                lookAgain = result.again();
                diskTold = result.passedOver().isEmpty()
                        ? Optional.empty()
                        : Optional.of(String.join("; ", result.passedOver()));
                if (service.current() != null) {
                    firstLook.complete(null);
                }
            } catch (Throwable e) { // an Error too: the store may answer all the same
                diskTold = Optional.of(e.toString());
            }
        }
    }

    private void loadVariantReleases() {
        Serving now = service.current();
        if (now != null && fromStore.isPresent()) {
            planner.take(variantReleases.load(fromStore.get(), now.snapshot(), planner.namedReleases()));
        }
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
        floor.requireNeverSeen(service.current());
        return Optional.of("the surface does not exist in the store");
    }

    private Optional<String> accept(StoredPointer stored) {
        Pointer pointer = stored.pointer();
        Revision revision = pointer.toRevision(true);
        Serving before = service.current();
        floor.requireProgress(pointer, before);
        fromStore = Optional.of(pointer);
        if (pointer.release() == 0) {
            version = stored.version();
            nothingLoadedBecause = Optional.of("nothing was shipped to the surface yet");
            return nothingLoadedBecause;
        }
        if (before == null || !before.isOf(revision)) {
            load(stored, revision, Optional.ofNullable(before).map(Serving::snapshot));
        } else if (!before.isConfirmed()) {
            service.offer(before.confirmed());
            loader.keep(stored);
        }
        version = stored.version();
        nothingLoadedBecause = Optional.empty();
        return nothingLoadedBecause;
    }

    private void load(StoredPointer stored, Revision revision, Optional<Snapshot> before) {
        long startNanos = nanoTime.getAsLong();
        before.ifPresent(current -> planner.take(variantReleases.keep(current, planner.namedReleases())));
        loader.load(stored, revision, before, loaded -> serve(new Serving(loaded, Source.STORE), startNanos));
    }

    private void serve(Serving loaded, long startNanos) {
        if (!planner.load(loaded.snapshot(), () -> service.offer(loaded))) {
            return;
        }
        long endNanos = nanoTime.getAsLong();
        if (loaded.isConfirmed()) {
            health = Health.good(Optional.empty(), endNanos);
        }
        Duration took = Duration.ofNanos(endNanos - startNanos);
        Revision revision = loaded.revision();
        log.info(
                "artifact manifest loaded tenant={} surface={} release={} epoch={} seq={} artifacts={} bytes={} duration_ms={} source={}",
                scope.tenant(),
                scope.surface(),
                revision.release(),
                revision.epoch(),
                revision.seq(),
                revision.manifest().artifacts().size(),
                revision.manifest().sizeBytes(),
                took.toMillis(),
                loaded.source().word());
        listeners.loaded(status(), took);
    }

    private void failed(Throwable e) {
        int failures = health.failures() + 1;
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        health = health.failed(message, e);
        Serving now = service.current();
        log.error(
                "artifact manifest fetch failed tenant={} surface={} serving_release={} failures={} error={}",
                scope.tenant(),
                scope.surface(),
                now == null ? "none" : String.valueOf(now.revision().release()),
                failures,
                message);
        listeners.loadFailed(scope, e);
    }
}
