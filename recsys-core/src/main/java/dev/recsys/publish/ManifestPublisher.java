package dev.recsys.publish;

import dev.recsys.ConflictException;
import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Hold;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Release;
import dev.recsys.artifact.Revision;
import dev.recsys.artifact.Revision.Operation;
import dev.recsys.internal.Ambient;
import dev.recsys.internal.Durations;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.ManifestDocument;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.store.BlobStore;
import dev.recsys.store.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Publishes builds: every change is one compare-and-set of a scope's pointer, and every operation that returns has taken
 * effect exactly once.
 *
 * <p>What the operations throw, and what it means: {@link dev.recsys.RefusedException} - a gate or hold refused, nothing
 * changed; {@link ConflictException} - another operation was first, nothing changed;
 * {@link dev.recsys.StoreUnavailableException} or {@link dev.recsys.StoreDeniedException} - nothing visible changed;
 * {@link dev.recsys.OutcomeUnknownException} - keep its handle and {@link #resume} it;
 * {@link dev.recsys.DamagedException} - something stored or built is not what it should be, nothing changed;
 * {@link NotFoundException} - the surface or release does not exist. An interrupt ends an operation with one of these and
 * keeps the thread's interrupt flag.
 *
 * <p>Safe for concurrent use, by any number of publishers in any number of processes: the store decides who is first.
 * The store stays the caller's and is not closed.
 */
public final class ManifestPublisher implements AutoCloseable {
    private static final int MAX_REBASES = 5;

    /** Operations that change nothing that anybody decided about. */
    private static final Predicate<Pointer> HARMLESS =
            revision -> Set.of("fence", "collect").contains(revision.operation().kind());

    private final BlobStore store;
    private final String by;
    private final Ambient ambient;
    private final GateKeeper gates;
    private final PointerReads pointers;
    private final ArtifactLoader loader;
    private final Uploader uploader;
    private final ReleaseHistory releases;
    private final Committer committer;
    private volatile boolean closed;

    private ManifestPublisher(Builder builder) {
        this.store = builder.store;
        this.by = builder.by;
        this.ambient = builder.ambient;
        this.gates = new GateKeeper(builder.limits);
        this.pointers = new PointerReads(store, builder.callTimeout);
        this.loader = new ArtifactLoader(store, builder.artifactTimeout);
        this.uploader = new Uploader(store, loader, ambient, builder.artifactTimeout);
        this.releases = new ReleaseHistory(pointers);
        this.committer = new Committer(store, pointers, ambient, builder.callTimeout, builder.patience);
    }

    /**
     * Opens a publisher with default settings.
     *
     * @param by who publishes, 1 to 500 characters; recorded in every revision
     * @throws IllegalArgumentException if {@code by} is not valid
     */
    public static ManifestPublisher open(BlobStore store, String by) {
        return builder(store, by).build();
    }

    /**
     * Starts a publisher with settings of its own.
     *
     * @param by who publishes, 1 to 500 characters; recorded in every revision
     * @throws IllegalArgumentException if {@code by} is not valid
     */
    public static Builder builder(BlobStore store, String by) {
        return new Builder(store, Reasons.require("by", by));
    }

    /**
     * Creates a surface with nothing shipped to it.
     *
     * @throws ConflictException if it exists
     */
    public Revision createSurface(String tenant, String surface, String reason) {
        Scope scope = open(tenant, surface);
        Operation operation = operation("create", reason);
        Optional<StoredPointer> base = currentOrNever(scope);
        if (base.isPresent()) {
            throw conflict("create", base.get().pointer());
        }
        Pointer first = Pointer.first(scope, ambient.txs().get(), now(), operation);
        return committed("create", committer.commit(base, first)).toRevision(true);
    }

    /**
     * Ships a build as the whole manifest of an existing surface, through all gates.
     *
     * @param reason why, 1 to 500 characters; recorded
     * @return the release that is current now: the new one, or, if the same artifacts with the same window are current
     *     already, that one, and then nothing was swapped
     */
    public Release ship(String tenant, String surface, Build build, String reason) {
        return ship(ShipRequest.of(new Scope(tenant, surface), build, reason));
    }

    /**
     * Ships a build.
     *
     * @return as {@link #ship(String, String, Build, String)}
     */
    public Release ship(ShipRequest request) {
        requireOpen();
        for (int tries = 1; ; tries++) {
            Optional<StoredPointer> base = base(request);
            if (base.isPresent() && isCurrent(request, base.get().pointer())) {
                return new Release(base.get().pointer().toRevision(true), true);
            }
            Set<Gate> overridden = gates.check(request, base.map(StoredPointer::pointer), now());
            Pointer next = upload(request, base, overridden);
            Committer.Finding finding = committer.commit(base, next);
            if (finding.state() == Committer.State.COMMITTED) {
                return new Release(next.toRevision(true), false);
            }
            requireOnly(HARMLESS.or(revision -> mayPassOver(request, revision)), "ship", finding, tries);
        }
    }

    /**
     * Rolls back from a release to the one before it, if that release is still current; sets a hold, and quarantines the
     * outgoing artifacts.
     *
     * @param current what {@link #ship} returned
     * @throws ConflictException if another release is current
     */
    public Release rollback(Release current, String reason) {
        return rollback(RollbackRequest.of(current.scope(), reason).onlyFrom(current));
    }

    /** Rolls back from what is current to the newest retained release before it that is not quarantined; sets a hold. */
    public Release rollback(String tenant, String surface, String reason) {
        return rollback(RollbackRequest.of(new Scope(tenant, surface), reason));
    }

    /**
     * Rolls back. The target's artifacts are read and verified first. Allowed under a hold.
     *
     * @return the release that is current now; if the target was current already nothing was swapped
     */
    public Release rollback(RollbackRequest request) {
        requireOpen();
        StoredPointer firstRead = releases.current(request.scope());
        long lease = request.expectedCurrent().orElse(firstRead.pointer().release());
        StoredPointer base = firstRead;
        for (int tries = 1; ; tries++) {
            Pointer pointer = base.pointer();
            if (pointer.release() != lease) {
                throw conflict("rollback", pointer);
            }
            Pointer target = request.target().isPresent()
                    ? releases.release(pointer, request.target().getAsLong())
                    : releases.previous(pointer);
            if (target.release() == pointer.release()) {
                return new Release(pointer.toRevision(true), true);
            }
            target.manifest()
                    .value()
                    .artifacts()
                    .keySet()
                    .forEach(type ->
                            loader.load(request.scope(), target.manifest().value(), type));
            Pointer next = rolledBack(request, base, target);
            Committer.Finding finding = committer.commit(Optional.of(base), next);
            if (finding.state() == Committer.State.COMMITTED) {
                return new Release(next.toRevision(true), false);
            }
            requireOnly(HARMLESS, "rollback", finding, tries);
            base = releases.current(request.scope());
        }
    }

    /**
     * Refuses ships until {@link #unhold} or the given time; replaces a hold that stands.
     *
     * @param until when it ends by itself, later than now; empty for never
     * @throws IllegalArgumentException if {@code until} is not later than now
     */
    public Revision hold(String tenant, String surface, String reason, Optional<Instant> until) {
        if (until.isPresent() && !until.get().isAfter(now())) {
            throw new IllegalArgumentException(
                    "the hold would end at " + until.get() + "; expected a time after " + now());
        }
        Hold hold = new Hold(by, Reasons.require("reason", reason), until);
        return swap("hold", open(tenant, surface), reason, pointer -> pointer.withHold(Optional.of(hold)));
    }

    /** Lifts the hold; without one nothing is swapped. */
    public Revision unhold(String tenant, String surface, String reason) {
        Scope scope = open(tenant, surface);
        Reasons.require("reason", reason);
        Pointer current = releases.current(scope).pointer();
        if (current.hold().isEmpty()) {
            return current.toRevision(true);
        }
        return swap("unhold", scope, reason, pointer -> pointer.withHold(Optional.empty()));
    }

    /**
     * Finishes an operation whose outcome was unknown: while it is open, and the artifacts that it names are whole, its
     * exact bytes are sent again.
     *
     * @param handle from {@link dev.recsys.OutcomeUnknownException#handle()}, in any process
     * @return what became of it, for good
     * @throws IllegalArgumentException if the handle is not whole
     * @throws dev.recsys.OutcomeUnknownException if it is still unknown
     */
    public Resolution resume(String handle) {
        requireOpen();
        Attempt attempt = OperationHandle.parse(handle);
        if (committer.isOpen(attempt)) {
            uploader.requireWhole(attempt.scope(), attempt.next().manifest().value());
        }
        return resolution(committer.resume(attempt));
    }

    /**
     * Makes sure that an operation whose outcome was unknown never takes effect, unless it has already.
     *
     * @param handle from {@link dev.recsys.OutcomeUnknownException#handle()}, in any process
     * @return what became of it, for good
     * @throws IllegalArgumentException if the handle is not whole
     * @throws dev.recsys.OutcomeUnknownException if it is still unknown; it has the same handle again
     */
    public Resolution abort(String handle, String reason) {
        requireOpen();
        return resolution(committer.fence(OperationHandle.parse(handle), operation("fence", reason)));
    }

    /** Returns the current revision. */
    public Revision current(String tenant, String surface) {
        return releases.current(open(tenant, surface)).pointer().toRevision(true);
    }

    /**
     * Returns the revisions, newest first, as far back as they are kept.
     *
     * @param limit the largest number to return, at least 1
     */
    public List<Revision> history(String tenant, String surface, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + "; expected at least 1");
        }
        StoredPointer current = releases.current(open(tenant, surface));
        List<Revision> revisions = new ArrayList<>();
        for (StoredPointer stored : releases.revisions(current, limit)) {
            revisions.add(stored.pointer().toRevision(revisions.isEmpty()));
        }
        return revisions;
    }

    /** Compares two retained releases. */
    public ReleaseDiff diff(String tenant, String surface, long from, long to) {
        Pointer current = releases.current(open(tenant, surface)).pointer();
        Manifest before = releases.release(current, from).manifest().value();
        Manifest after = releases.release(current, to).manifest().value();
        return ReleaseDiff.between(from, before, to, after);
    }

    /**
     * Reads every revision that is kept and every artifact of every retained release, whole, with the reader's own
     * loader.
     */
    public VerifyReport verify(String tenant, String surface) {
        return Verifier.verify(loader, pointers, releases.current(open(tenant, surface)));
    }

    /** Ends the publisher's use; idempotent. The store stays open. */
    @Override
    public void close() {
        closed = true;
    }

    private Optional<StoredPointer> base(ShipRequest request) {
        return request.createsSurface()
                ? currentOrNever(request.scope())
                : Optional.of(releases.current(request.scope()));
    }

    /** Returns the current pointer; empty only if there never was one, as far as the history tells. */
    private Optional<StoredPointer> currentOrNever(Scope scope) {
        Optional<StoredPointer> current = pointers.current(scope);
        if (current.isEmpty() && pointers.history(scope, 1, 1).isPresent()) {
            throw new DamagedException(
                    "The pointer of " + scope + " vanished from " + store.location()
                            + ", where its history still is; pointers are never deleted. Restore it rather than starting anew.");
        }
        return current;
    }

    /** A ship is passed over by a newer build only; no overridden gate lets an older one through. */
    private static boolean mayPassOver(ShipRequest request, Pointer revision) {
        Manifest theirs = revision.manifest().value();
        return request.rebases()
                && revision.operation().kind().equals("ship")
                && !request.build().artifacts().isEmpty()
                && request.build().artifacts().values().stream()
                        .allMatch(mine -> theirs.artifact(mine.type())
                                .map(ref -> mine.watermark().isAfter(ref.watermark())
                                        || mine.sha256().equals(ref.sha256()))
                                .orElse(true));
    }

    /** Damaged artifacts are not current: shipping the same build again replaces them. */
    private boolean isCurrent(ShipRequest request, Pointer base) {
        Manifest current = base.manifest().value();
        SortedMap<ArtifactType, BuiltArtifact> built = request.build().artifacts();
        if (base.release() == 0
                || (!request.merges() && built.size() != current.artifacts().size())) {
            return false;
        }
        for (BuiltArtifact artifact : built.values()) {
            ArtifactRef ref = current.artifacts().get(artifact.type());
            if (ref == null
                    || !ref.sha256().equals(artifact.sha256())
                    || !ref.window().equals(artifact.window())) {
                return false;
            }
        }
        return uploader.isWhole(request.scope(), current);
    }

    private Pointer upload(ShipRequest request, Optional<StoredPointer> base, Set<Gate> overridden) {
        String tx = ambient.txs().get();
        Instant now = now();
        String reason = overridden.isEmpty()
                ? request.reason()
                : request.reason() + " (overridden: "
                        + String.join(
                                ", ", overridden.stream().map(Gate::toString).toList()) + ")";
        Operation operation = new Operation("ship", by, reason);
        SortedMap<ArtifactType, ArtifactRef> refs = new TreeMap<>();
        if (request.merges()) {
            base.ifPresent(stored -> refs.putAll(kept(request, stored.pointer())));
        }
        refs.putAll(uploader.upload(request.build(), tx));
        Manifest manifest = new Manifest(
                now, refs, request.build().compatibilityGroup(), request.build().evidence());
        uploader.requireWhole(request.scope(), manifest);
        Pointer next = base.map(stored -> stored.pointer().next(stored.sha256(), tx, now, operation))
                .orElseGet(() -> Pointer.first(request.scope(), tx, now, operation));
        List<Sha256> quarantined = new ArrayList<>(next.quarantined());
        quarantined.removeAll(manifest.digests().values());
        return next.withRelease(next.seq(), ManifestDocument.of(manifest))
                .withQuarantined(quarantined)
                .withHold(next.hold().filter(hold -> hold.standsAt(now)));
    }

    private static SortedMap<ArtifactType, ArtifactRef> kept(ShipRequest request, Pointer base) {
        Manifest current = base.manifest().value();
        String group = request.build().compatibilityGroup();
        if (!current.artifacts().isEmpty() && !current.compatibilityGroup().equals(group)) {
            throw new IllegalArgumentException(
                    "the build's items are of group '" + group + "', those of the current release of "
                            + request.scope() + " of '" + current.compatibilityGroup()
                            + "'; artifacts of different groups cannot be merged");
        }
        return current.artifacts();
    }

    private Pointer rolledBack(RollbackRequest request, StoredPointer base, Pointer target) {
        Pointer next = base.pointer()
                .next(base.sha256(), ambient.txs().get(), now(), operation("rollback", request.reason()))
                .withRelease(target.release(), target.manifest())
                .withQuarantined(ReleaseHistory.quarantineAfter(base.pointer(), target));
        return request.holds() ? next.withHold(Optional.of(new Hold(by, request.reason(), Optional.empty()))) : next;
    }

    private Revision swap(String kind, Scope scope, String reason, Function<Pointer, Pointer> change) {
        Operation operation = operation(kind, reason);
        for (int tries = 1; ; tries++) {
            StoredPointer base = releases.current(scope);
            Pointer next = change.apply(
                    base.pointer().next(base.sha256(), ambient.txs().get(), now(), operation));
            Committer.Finding finding = committer.commit(Optional.of(base), next);
            if (finding.state() == Committer.State.COMMITTED) {
                return next.toRevision(true);
            }
            requireOnly(HARMLESS, kind, finding, tries);
        }
    }

    /** After a loss: returns if the operation may start again from the revision that is current now, else throws. */
    private void requireOnly(Predicate<Pointer> passable, String kind, Committer.Finding lost, int tries) {
        Pointer winner = lost.slot().orElseThrow();
        if (tries == MAX_REBASES) {
            throw conflict(kind, winner);
        }
        StoredPointer current = releases.current(winner.scope());
        long since = current.pointer().seq() - winner.seq() + 1;
        List<StoredPointer> revisions = releases.revisions(current, since);
        if (revisions.size() < since) {
            throw conflict(kind, winner); // what cannot be read cannot be passed over
        }
        for (StoredPointer revision : revisions) {
            if (!passable.test(revision.pointer())) {
                throw conflict(kind, revision.pointer());
            }
        }
    }

    private static Resolution resolution(Committer.Finding finding) {
        Pointer slot = finding.slot().orElseThrow();
        Resolution.Outcome outcome = finding.state() == Committer.State.COMMITTED
                ? Resolution.Outcome.COMMITTED
                : slot.operation().kind().equals("fence") ? Resolution.Outcome.ABORTED : Resolution.Outcome.LOST;
        return new Resolution(outcome, slot.toRevision(false));
    }

    private static Pointer committed(String kind, Committer.Finding finding) {
        Pointer slot = finding.slot().orElseThrow();
        if (finding.state() != Committer.State.COMMITTED) {
            throw conflict(kind, slot);
        }
        return slot;
    }

    private static ConflictException conflict(String kind, Pointer winner) {
        return new ConflictException("The " + kind + " for " + winner.scope() + " was not made: revision "
                + winner.epoch() + "/" + winner.seq() + " is a "
                + winner.operation().kind() + " by "
                + winner.operation().by() + " (" + winner.operation().reason() + "), release " + winner.release()
                + ". Look at the history and decide anew.");
    }

    private Operation operation(String kind, String reason) {
        return new Operation(kind, by, Reasons.require("reason", reason));
    }

    private Scope open(String tenant, String surface) {
        requireOpen();
        return new Scope(tenant, surface);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this publisher is closed");
        }
    }

    private Instant now() {
        return ambient.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Collects the settings of a publisher; not safe for concurrent use. */
    public static final class Builder {
        private final BlobStore store;
        private final String by;
        private Ambient ambient = Ambient.system();
        private GateLimits limits = GateLimits.DEFAULT;
        private Duration callTimeout = Duration.ofSeconds(10);
        private Duration artifactTimeout = Duration.ofMinutes(10);
        private Duration patience = Duration.ofSeconds(30);

        private Builder(BlobStore store, String by) {
            this.store = store;
            this.by = by;
        }

        /** Sets what the gates allow. */
        public Builder limits(GateLimits limits) {
            this.limits = limits;
            return this;
        }

        /** Sets the clock that revisions are dated by; by default the system's. */
        public Builder clock(InstantSource clock) {
            this.ambient = ambient.withClock(clock);
            return this;
        }

        /** Sets the longest time for one call about a pointer, by default 10 seconds. */
        public Builder callTimeout(Duration timeout) {
            this.callTimeout = Durations.requirePositive("callTimeout", timeout);
            return this;
        }

        /** Sets the longest time to move one artifact, by default 10 minutes. */
        public Builder artifactTimeout(Duration timeout) {
            this.artifactTimeout = Durations.requirePositive("artifactTimeout", timeout);
            return this;
        }

        /** Sets how long a swap with an unknown outcome is pursued before that is reported, by default 30 seconds. */
        public Builder patience(Duration patience) {
            this.patience = Durations.requirePositive("patience", patience);
            return this;
        }

        Builder ambient(Ambient ambient) {
            this.ambient = ambient;
            return this;
        }

        /** Returns the publisher. */
        public ManifestPublisher build() {
            return new ManifestPublisher(this);
        }
    }
}
