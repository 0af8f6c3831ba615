package dev.recsys.serve;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.Explanation;
import dev.recsys.NotReadyException;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Recommender;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.CandidateSource;
import dev.recsys.control.Controls;
import dev.recsys.control.EventSink;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Reranker;
import dev.recsys.control.UserHistory;
import dev.recsys.control.Versioned;
import dev.recsys.controls.RankingConfigDocument;
import dev.recsys.internal.Ambient;
import dev.recsys.internal.Durations;
import dev.recsys.internal.Standings.Standing;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.rank.Ranker;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.TrustList;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recommender that lives in the application's process: it keeps the current release of every surface that is asked
 * for in memory, and looks for new ones in the background.
 *
 * <p>The first request of a surface waits until the store was asked once, at most {@link Builder#firstLoadTimeout}; call
 * {@link #preload} at start to avoid that. Afterwards no request waits for anything. A new release is served at the
 * latest 1.2 refresh intervals, plus the back-off in force (at most 60 seconds), plus its loading time, after it was
 * shipped; {@link #invalidate} asks at once. While one release replaces another, both are in memory.
 *
 * <p>With {@link Builder#localCopies} a process can start while the store is away. The order is: the store, for a second;
 * the last release that was served; the one before; {@link Builder#bootstrap}; an empty answer.
 *
 * <p>Safe for concurrent use. Background work runs on daemon threads, see {@link Builder#executor}. The store and the user history stay the
 * caller's and are not closed.
 */
public final class EmbeddedRecommender implements Recommender {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRecommender.class);
    private static final int REFRESH_THREADS = 8;
    private static final int DISK_THREADS = 2;

    private final Surfaces surfaces;
    private final Function<Scope, Surface> newSurface;
    private final Refresher refresher;
    private final Admission admission;
    private final Answers answers;
    private final Listeners listeners;
    private final Ambient ambient;
    private final Duration firstLoadTimeout;
    private final ScheduledExecutorService executor;
    private final boolean ownsExecutor;
    private final @Nullable ScheduledExecutorService diskExecutor;
    private volatile boolean closed;

    private EmbeddedRecommender(Builder builder) {
        this.ambient = builder.ambient;
        this.listeners = new Listeners(builder.listeners);
        this.firstLoadTimeout = builder.firstLoadTimeout;
        this.ownsExecutor = builder.executor == null;
        this.executor =
                builder.executor == null ? RefreshThreads.start("recsys-refresh-", REFRESH_THREADS) : builder.executor;
        this.diskExecutor = builder.hasDisk() ? RefreshThreads.start("recsys-disk-", DISK_THREADS) : null;
        this.refresher = new Refresher(executor, ambient, builder.refreshInterval);
        Duration staleAfter =
                builder.refreshInterval.multipliedBy(6).dividedBy(5).plus(builder.callTimeout);
        this.surfaces = new Surfaces(refresher, builder.idleness(), builder.maxSurfaces, listeners);
        ArtifactLoader artifacts = new ArtifactLoader(builder.store, builder.artifactTimeout);
        SurfaceFactory factory = new SurfaceFactory(
                new PointerReads(builder.store, builder.trust, builder.callTimeout),
                builder.mapsArtifacts ? artifacts.mapping() : artifacts,
                listeners,
                ambient.nanoTime(),
                staleAfter,
                new SurfaceFactory.Disk(
                        builder.localDisk,
                        builder.localCopies,
                        builder.bootstrap,
                        builder.deathCoolDown,
                        diskExecutor == null ? Runnable::run : diskExecutor),
                new MemoryBudget(builder.memoryBudgetBytes, surfaces),
                scope -> new Planner(scope, builder.controls, ambient.clock(), executor));
        this.admission = new Admission(builder.controls, ambient.nanoTime(), builder.refreshInterval, executor);
        this.answers = new Answers(
                new Ranker(),
                builder.history,
                new TreeMap<>(builder.candidates),
                builder.reranker.map(HostModel.Settings::start),
                List.copyOf(builder.sinks),
                ambient.clock(),
                ambient.nanoTime());
        this.newSurface = scope -> startingFromDisk(factory.surface(scope), builder.storeDeadline);
    }

    /** When the store has not answered by then, the disk is looked at, on a thread that no store can keep. */
    private Surface startingFromDisk(Surface surface, Duration storeDeadline) {
        if (diskExecutor != null && !closed) {
            try {
                var unused =
                        diskExecutor.schedule(surface::startFromDisk, storeDeadline.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                return surface; // closed meanwhile
            }
        }
        return surface;
    }

    /** Starts a recommender over a store. */
    public static Builder builder(BlobStore store) {
        return new Builder(store);
    }

    @Override
    public Recommendations recommend(RecommendationRequest request) {
        requireOpen();
        long startNanos = ambient.nanoTime().getAsLong();
        Standing standing = admission.standing(request.scope());
        List<Degradation> degradations = new ArrayList<>();
        Optional<Arm> arm = arm(request, standing, startNanos, degradations);
        Recommendations answer =
                arm.isPresent() ? answers.answer(request, arm.get(), degradations) : nothing(request.scope(), standing);
        listeners.request(request, answer, ambient.nanoTime().getAsLong() - startNanos);
        return answer;
    }

    /**
     * Answers a request and says why the answer is as it is. The answer is the one that {@link #recommend} gives; it is not
     * recorded as shown. Takes longer, for people and tests.
     *
     * @param request the request
     * @param whyNot items to explain whether they are in the answer or not
     * @return the explanation; without items if nothing is loaded, or the tenant is suspended
     */
    public Explanation explain(RecommendationRequest request, Set<String> whyNot) {
        requireOpen();
        Standing standing = admission.standing(request.scope());
        List<Degradation> degradations = new ArrayList<>();
        Optional<Arm> arm = arm(request, standing, ambient.nanoTime().getAsLong(), degradations);
        return arm.isPresent()
                ? answers.explain(request, whyNot, arm.get(), degradations)
                : new Explanation(nothing(request.scope(), standing), List.of());
    }

    /**
     * Returns what a request ranks by; empty if nothing is loaded or the tenant is suspended, for whom nothing is loaded.
     *
     * @param degradations is told what is less than it could be already
     */
    private Optional<Arm> arm(
            RecommendationRequest request, Standing standing, long nowNanos, List<Degradation> degradations) {
        Scope scope = request.scope();
        if (standing.isSuspended()) {
            return Optional.empty();
        }
        Optional<Surface> surface = surfaces.get(scope, newSurface);
        Serving serving = servingOf(surface, nowNanos);
        if (serving == null && surface.isPresent() && surface.get().hasLeft()) { // between the two lines above
            surface = surfaces.get(scope, newSurface);
            serving = servingOf(surface, nowNanos);
        }
        if (serving == null) {
            return Optional.empty();
        }
        Admission.addTo(degradations, standing);
        addAge(degradations, serving, surface.get().staleFor(nowNanos));
        return Optional.of(surface.get().planner().arm(request, serving.snapshot(), degradations));
    }

    /**
     * Loads a surface, so that its first request does not wait.
     *
     * @param timeout how long to wait
     * @return the surface's status
     * @throws NotReadyException if nothing could be loaded in time; loading goes on in the background
     */
    public SnapshotStatus preload(String tenant, String surface, Duration timeout) {
        requireOpen();
        Scope scope = new Scope(tenant, surface);
        Optional<Surface> found = surfaces.get(scope, newSurface);
        if (found.isPresent()) {
            boolean nothingFoundBefore =
                    found.get().firstPoll().isDone() && found.get().snapshot() == null;
            if (nothingFoundBefore) {
                CompletableFuture<SnapshotStatus> unused = refresher.pollNow(found.get());
            }
            await(found.get().ready(), timeout);
        }
        SnapshotStatus status = status(tenant, surface);
        if (status.revision().isEmpty()) {
            throw new NotReadyException(
                    "No release of " + scope + " is loaded: "
                            + status.lastError().orElse("still loading") + " (waited " + timeout.toMillis() + " ms).",
                    found.flatMap(Surface::lastFailure).orElse(null));
        }
        return status;
    }

    /**
     * Asks the store for a surface's current release now rather than at the next interval. Returns at once.
     *
     * @return completes with the status after that; need not be waited for
     */
    public CompletableFuture<SnapshotStatus> invalidate(String tenant, String surface) {
        requireOpen();
        Scope scope = new Scope(tenant, surface);
        return surfaces.get(scope, newSurface)
                .map(refresher::pollNow)
                .orElseGet(() -> CompletableFuture.completedFuture(status(tenant, surface)));
    }

    /** Returns whether something is loaded of a surface; waits for nothing. */
    boolean hasLoaded(Scope scope) {
        return surfaces.known(scope).map(surface -> surface.serving() != null).orElse(false);
    }

    /** Begins to load a surface in the background, unless that has begun. */
    void begin(Scope scope) {
        requireOpen();
        Optional<Surface> unused = surfaces.get(scope, newSurface);
    }

    /**
     * Returns the status of a surface that has to be there: it begins to load if it has not, and does not make room for
     * others as long as this is asked; empty while its tenant is suspended.
     */
    Optional<SnapshotStatus> required(Scope scope) {
        if (closed) {
            return Optional.of(nothingOf(scope, "this recommender is closed"));
        }
        if (admission.standing(scope).isSuspended()) {
            return Optional.empty();
        }
        Optional<Surface> surface = surfaces.get(scope, newSurface);
        surface.ifPresent(found -> found.used(ambient.nanoTime().getAsLong()));
        return Optional.of(
                surface.map(Surface::status).orElseGet(() -> nothingOf(scope, "too many surfaces are in use")));
    }

    /** Returns the time by the clock that releases' ages are told by. */
    Instant now() {
        return ambient.clock().instant();
    }

    /**
     * Asks the store now for the current releases of those surfaces of a tenant that were asked for here; does nothing for
     * others. Returns at once.
     *
     * @param surface which surface; empty for all of the tenant's
     */
    public void invalidateKnown(String tenant, String surface) {
        requireOpen();
        for (Surface known : surfaces.all()) {
            boolean isMeant = known.scope().tenant().equals(tenant)
                    && (surface.isEmpty() || known.scope().surface().equals(surface));
            if (isMeant) {
                var unused = refresher.pollNow(known);
            }
        }
    }

    /** Returns the status of a surface; {@code NOT_READY} for one that was never asked for. Does not load it. */
    public SnapshotStatus status(String tenant, String surface) {
        Scope scope = new Scope(tenant, surface);
        return surfaces.known(scope).map(Surface::status).orElseGet(() -> unknown(scope));
    }

    /** Returns the status of every surface that was asked for, by scope. */
    public List<SnapshotStatus> statuses() {
        return surfaces.all().stream()
                .map(Surface::status)
                .sorted(Comparator.comparing(SnapshotStatus::scope))
                .toList();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        refresher.close();
        if (ownsExecutor) {
            RefreshThreads.stop(executor);
        }
        if (diskExecutor != null) {
            RefreshThreads.stop(diskExecutor);
        }
        answers.model().ifPresent(HostModel::close);
        listeners.closed(this);
    }

    private @Nullable Serving servingOf(Optional<Surface> found, long nowNanos) {
        if (found.isEmpty()) {
            return null;
        }
        Surface surface = found.get();
        surface.used(nowNanos);
        Serving serving = surface.serving();
        if (serving != null) {
            return serving;
        }
        if (surface.firstPoll().isDone() || firstLoadTimeout.isZero()) {
            return surface.serving();
        }
        await(surface.firstPoll(), firstLoadTimeout);
        boolean becameKnownAsSuspended = admission.standing(surface.scope()).isSuspended();
        return becameKnownAsSuspended ? null : surface.serving();
    }

    private static void addAge(List<Degradation> degradations, Serving serving, Optional<Duration> staleFor) {
        switch (serving.source()) {
            case STORE -> {
                if (staleFor.isPresent()) {
                    String age = staleFor.get().toSeconds() + " s";
                    degradations.add(
                            new Degradation(Kind.STALE, "the store could not be asked for a newer release for " + age));
                }
            }
            case LAST_KNOWN_GOOD ->
                degradations.add(new Degradation(
                        Kind.LAST_KNOWN_GOOD,
                        "the store has not confirmed it since the start; a copy on the local disk answers"));
            case BOOTSTRAP ->
                degradations.add(new Degradation(
                        Kind.BOOTSTRAP, "neither the store nor the local disk has a release; the bundled one answers"));
        }
    }

    private Recommendations nothing(Scope scope, Standing before) {
        Standing standing = before.isSuspended() ? before : admission.standing(scope);
        return standing.isSuspended() ? admission.suspended(scope, standing) : notReady(scope, standing);
    }

    private Recommendations notReady(Scope scope, Standing standing) {
        Optional<Surface> surface = surfaces.known(scope);
        String why = surface.flatMap(found -> found.status().lastError())
                .orElse(surface.isPresent() ? "still loading" : "too many surfaces are in use");
        List<Degradation> degradations = new ArrayList<>();
        degradations.add(new Degradation(Kind.NOT_READY, why));
        Admission.addTo(degradations, standing);
        return new Recommendations(scope, 0, 0, 0, Recommendations.Versions.NONE, List.of(), degradations);
    }

    private static SnapshotStatus unknown(Scope scope) {
        return nothingOf(scope, "the surface was not asked for yet, or not for so long that it made room for others");
    }

    private static SnapshotStatus nothingOf(Scope scope, String why) {
        return new SnapshotStatus(
                scope, SnapshotStatus.State.NOT_READY, Optional.empty(), Optional.empty(), 0, 0, Optional.of(why));
    }

    private static void await(CompletableFuture<Void> event, Duration timeout) {
        try {
            event.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            log.debug("waited {} ms for a first load", timeout.toMillis());
        } catch (ExecutionException e) {
            throw new IllegalStateException("these events never complete with a failure", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this recommender is closed");
        }
    }

    /** Collects the settings of a recommender; not safe for concurrent use. */
    public static final class Builder {
        private final BlobStore store;
        private final List<RecommenderListener> listeners = new ArrayList<>();
        private TrustList trust = TrustList.ANYONE;
        private Ambient ambient = Ambient.system();
        private UserHistory history = (scope, user, limit) -> List.of();
        private ControlPlane controls = ControlPlane.none();
        private final Map<String, CandidateSource> candidates = new TreeMap<>();
        private Optional<HostModel.Settings> reranker = Optional.empty();
        private final List<EventSink> sinks = new ArrayList<>();
        private Duration refreshInterval = Duration.ofSeconds(30);
        private Duration firstLoadTimeout = Duration.ofSeconds(2);
        private Duration callTimeout = Duration.ofSeconds(5);
        private Duration artifactTimeout = Duration.ofMinutes(5);
        private Duration idleAfter = Duration.ofMinutes(1);
        private long memoryBudgetBytes = Math.max(1, Runtime.getRuntime().maxMemory() / 2);
        private int maxSurfaces = 10_000;
        private boolean mapsArtifacts;
        private Duration storeDeadline = Duration.ofSeconds(1);
        private Duration deathCoolDown = Duration.ofMinutes(10);
        private LocalDisk localDisk = new LocalDisk();
        private Optional<Path> localCopies = Optional.empty();
        private Optional<Path> bootstrap = Optional.empty();
        private @Nullable ScheduledExecutorService executor;

        private Builder(BlobStore store) {
            this.store = store;
        }

        /** Sets where the history of users comes from; by default nobody has any. */
        public Builder userHistory(UserHistory history) {
            this.history = history;
            return this;
        }

        /**
         * Serves only what a key of this list signed; a pointer without such a signature is a failed refresh, and what is
         * loaded serves on. By default signatures are not looked at.
         */
        public Builder trust(TrustList trust) {
            this.trust = trust;
            return this;
        }

        /** Sets how signals become one list, for all surfaces alike. */
        public Builder ranking(RankingConfig ranking) {
            this.controls = controls.withConfig(new Versioned<>(RankingConfigDocument.etag(ranking), ranking));
            return this;
        }

        /**
         * Sets where the configuration and the rules of each surface and the attributes of items come from; by default {@link
         * RankingConfig#DEFAULT} holds for all, without rules, and nothing is known of any item. A tenant that they say is
         * suspended gets empty answers at once, until they say otherwise. What the ranking keeps of
         * attributes, about 16 bytes an item and 4 bytes for each brand, category and tag of one, is not in the memory budget.
         */
        public Builder controls(Controls controls) {
            this.controls = ControlPlane.of(controls);
            return this;
        }

        /**
         * Adds a signal of the host's own.
         *
         * @param signal its name, by which configurations give it a weight; without one it counts nothing, and answers say
         *     so. It takes the place of an artifact of that name.
         * @param source brings items with scores
         * @throws IllegalArgumentException if the name is not one of an artifact type, or has a source already
         */
        public Builder candidates(String signal, CandidateSource source) {
            String name = new ArtifactType(signal).name();
            if (candidates.putIfAbsent(name, source) != null) {
                throw new IllegalArgumentException(
                        "signal '" + name + "' has a source already; give each its own name");
            }
            return this;
        }

        /**
         * Lets the host's own model score the best items anew. It runs on threads of its own, at most twice as many as
         * processors; a request waits for it until the deadline, and if it is late or fails, is answered without it.
         *
         * @param reranker the model
         * @param pool how many of the best items it scores, 1 to 1000
         * @param deadline how long a request waits
         * @throws IllegalArgumentException if the pool is out of its range or the deadline not positive
         */
        public Builder reranker(Reranker reranker, int pool, Duration deadline) {
            this.reranker = Optional.of(new HostModel.Settings(reranker, pool, deadline));
            return this;
        }

        /**
         * Adds a sink, which is told of every answer that a release gave and what it was made of. It is not told of the empty
         * answers that were made of nothing, while nothing is loaded or the tenant is suspended; a {@link
         * RecommenderListener} is.
         */
        public Builder eventSink(EventSink sink) {
            sinks.add(sink);
            return this;
        }

        /** Adds a listener. */
        public Builder listener(RecommenderListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * Sets how often a surface's pointer is asked for, by default every 30 seconds; each time up to 20 % sooner or
         * later.
         *
         * @throws IllegalArgumentException unless it is 10 milliseconds to a day
         */
        public Builder refreshInterval(Duration interval) {
            if (interval.compareTo(Duration.ofMillis(10)) < 0 || interval.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("refreshInterval is " + interval + "; expected PT0.01S to PT24H");
            }
            this.refreshInterval = interval;
            return this;
        }

        /**
         * Sets how long the first request of a surface may wait, by default 2 seconds; zero to answer at once, empty.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder firstLoadTimeout(Duration timeout) {
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("firstLoadTimeout is " + timeout + "; expected zero or more");
            }
            this.firstLoadTimeout = timeout;
            return this;
        }

        /** Sets the longest time to ask for a pointer, by default 5 seconds. */
        public Builder callTimeout(Duration timeout) {
            this.callTimeout = Durations.requirePositive("callTimeout", timeout);
            return this;
        }

        /** Sets the longest time to fetch an artifact, by default 5 minutes. */
        public Builder artifactTimeout(Duration timeout) {
            this.artifactTimeout = Durations.requirePositive("artifactTimeout", timeout);
            return this;
        }

        /**
         * Sets how many surfaces may be known at once, by default 10,000. Beyond, those that have nothing loaded leave,
         * longest unused first, then idle ones; if all are in use, a new one is not served.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxSurfaces(int surfaces) {
            if (surfaces < 1) {
                throw new IllegalArgumentException("maxSurfaces is " + surfaces + "; expected at least 1");
            }
            this.maxSurfaces = surfaces;
            return this;
        }

        /**
         * Keeps copies of what is served below a folder, so that a process can start while the store is away: of each
         * surface the last two releases, and while a new one is loaded a third. By default nothing is kept.
         *
         * <p>A copy is served when the store has not answered within a second, or fails, and only if every byte of it
         * is what was shipped. The answers say so, until the store has confirmed it or given something newer. A store
         * that is older than the copies, or has lost the surface, is not followed.
         *
         * <p>Processes of one machine may share the folder; containers need one each. It is made if it is missing. If
         * the disk is full or cannot be written, recommending goes on without copies, and the log and
         * {@link SnapshotStatus#lastError} say so.
         */
        public Builder localCopies(Path folder) {
            this.localCopies = Optional.of(folder.toAbsolutePath().normalize());
            return this;
        }

        /**
         * Leaves the bulk of every table in its local copy and reads it from there through a memory mapping: for many
         * tenants in little heap. The memory is the operating system's page cache then, which other processes share. A
         * first look at a page may have to wait for the disk. Needs {@link #localCopies} on a disk that nobody else
         * changes: a copy that is cut while it serves may end the process with an {@link InternalError}.
         */
        public Builder mapArtifacts() {
            this.mapsArtifacts = true;
            return this;
        }

        /**
         * Sets how many bytes of the heap the loaded releases may take together, by default half of
         * {@link Runtime#maxMemory()}; the other half is for loading, for requests and for the application. Before a
         * release is loaded, the most that it can need is told from its manifest. If that is not there, surfaces leave
         * that are idle, longest unused first. The fresh release of a surface that is in use is loaded in any case; a
         * surface that has nothing loaded is not ready then, and its status says what it needs.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder memoryBudget(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("memoryBudget is " + bytes + " bytes; expected at least 1");
            }
            this.memoryBudgetBytes = bytes;
            return this;
        }

        /**
         * Sets after how long without a request a surface may leave when others need the room, by default a minute; at
         * least the refresh interval counts.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder idleAfter(Duration time) {
            this.idleAfter = Durations.requirePositive("idleAfter", time);
            return this;
        }

        /**
         * Takes a folder that came with the application as a last resort, when neither the store nor local copies have a
         * release. It looks like a folder of {@link #localCopies}, for example a copy of one, and is only read. Whatever
         * the store says replaces it.
         */
        public Builder bootstrap(Path folder) {
            this.bootstrap = Optional.of(folder.toAbsolutePath().normalize());
            return this;
        }

        /**
         * Runs what asks the store on the caller's executor, which is not shut down; by default on up to eight daemon
         * threads, which end when idle. A store that does not keep to its timeouts holds one thread for each surface. The
         * local disk is read on up to two threads of its own in any case.
         */
        public Builder executor(ScheduledExecutorService executor) {
            this.executor = executor;
            return this;
        }

        Builder storeDeadline(Duration deadline) {
            this.storeDeadline = deadline;
            return this;
        }

        Builder deathCoolDown(Duration coolDown) {
            this.deathCoolDown = coolDown;
            return this;
        }

        Builder localDisk(LocalDisk disk) {
            this.localDisk = disk;
            return this;
        }

        private boolean hasDisk() {
            return localCopies.isPresent() || bootstrap.isPresent();
        }

        Builder ambient(Ambient ambient) {
            this.ambient = ambient;
            return this;
        }

        private Idleness idleness() {
            Duration after = idleAfter.compareTo(refreshInterval) < 0 ? refreshInterval : idleAfter;
            return new Idleness(ambient.nanoTime(), after);
        }

        /**
         * Returns the recommender, which has nothing loaded yet.
         *
         * @throws IllegalStateException if artifacts are to be mapped and there is no folder for local copies
         */
        public EmbeddedRecommender build() {
            if (mapsArtifacts && localCopies.isEmpty()) {
                throw new IllegalStateException(
                        "mapArtifacts needs files that stay: set localCopies to a folder on a local disk");
            }
            EmbeddedRecommender recommender = new EmbeddedRecommender(this);
            recommender.listeners.started(recommender);
            return recommender;
        }
    }
}
