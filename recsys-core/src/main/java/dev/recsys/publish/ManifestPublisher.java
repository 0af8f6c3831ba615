package dev.recsys.publish;

import dev.recsys.ConflictException;
import dev.recsys.NotFoundException;
import dev.recsys.Scope;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.artifact.Hold;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Release;
import dev.recsys.artifact.Revision;
import dev.recsys.artifact.Revision.Operation;
import dev.recsys.control.PublishListener;
import dev.recsys.internal.Ambient;
import dev.recsys.internal.Durations;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.publish.probe.StoreProbe;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.SigningKey;
import dev.recsys.trust.TrustList;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Publishes builds: every change is one compare-and-set of a scope's pointer, and every operation that returns has taken
 * effect exactly once.
 *
 * <p>What the operations throw, and what it means: {@link dev.recsys.RefusedException} - a gate, a hold or a listener
 * refused, nothing changed; {@link ConflictException} - another operation was first, nothing changed;
 * {@link dev.recsys.StoreUnavailableException} or {@link dev.recsys.StoreDeniedException} - nothing visible changed;
 * {@link dev.recsys.OutcomeUnknownException} - keep its handle and {@link #resume} it;
 * {@link dev.recsys.DamagedException} - something stored or built is not what it should be, or is not signed as it must be, nothing
 * changed;
 * {@link NotFoundException} - the surface or release does not exist. An interrupt ends an operation with one of these and
 * keeps the thread's interrupt flag.
 *
 * <p>Safe for concurrent use, by any number of publishers in any number of processes: the store decides who is first.
 * The store stays the caller's and is not closed.
 */
public final class ManifestPublisher implements AutoCloseable {
    private final Author author;
    private final PublishListeners listeners;
    private final TrustList trust;
    private final PointerReads pointers;
    private final ArtifactLoader loader;
    private final Uploader uploader;
    private final ReleaseHistory releases;
    private final Committer committer;
    private final Rebasing rebasing;
    private final Shipping shipping;
    private final Promoting promoting;
    private final RollingBack rollingBack;
    private final Collecting collecting;
    private final BeginningEpoch beginningEpoch;
    private final Scrubber scrubber;
    private final Runnable probing;
    private volatile boolean isProbed;
    private volatile boolean closed;

    private ManifestPublisher(Builder builder) {
        BlobStore store = builder.store;
        Ambient ambient = builder.ambient;
        this.author = new Author(builder.by, ambient, builder.signers, builder.readsOnly);
        this.listeners = new PublishListeners(builder.listeners, builder.by);
        this.trust = builder.trusted();
        this.pointers = new PointerReads(store, trust, builder.callTimeout);
        this.loader = new ArtifactLoader(store, builder.artifactTimeout);
        this.uploader = new Uploader(store, loader, ambient, builder.artifactTimeout);
        this.releases = new ReleaseHistory(pointers);
        this.committer = new Committer(store, pointers, author, listeners, builder.callTimeout, builder.patience);
        this.rebasing = new Rebasing(releases);
        this.shipping = new Shipping(author, pointers, new GateKeeper(builder.limits), uploader, committer, rebasing);
        this.promoting = new Promoting(store, trust, shipping, builder.callTimeout, builder.artifactTimeout);
        this.rollingBack = new RollingBack(author, releases, loader, committer, rebasing);
        this.collecting = new Collecting(store, author, pointers, committer, builder.callTimeout);
        this.beginningEpoch = new BeginningEpoch(store, author, pointers, loader, committer, builder.callTimeout);
        this.scrubber = new Scrubber(store, pointers, builder.callTimeout);
        this.probing = builder.probing;
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
        Scope scope = begin("create", tenant, surface, reason);
        requireSoundStore();
        Operation operation = author.operation("create", reason);
        Optional<StoredPointer> base = pointers.currentOrNever(scope);
        if (base.isPresent()) {
            throw Rebasing.conflict("create", base.get().pointer());
        }
        Pointer first = Pointer.first(scope, author.newTx(), author.now(), operation);
        Committer.Finding finding = committer.commit(base, first);
        if (finding.state() != Committer.State.COMMITTED) {
            throw Rebasing.conflict("create", finding.slot().orElseThrow());
        }
        return first.toRevision(true);
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
        begin("ship", request.scope());
        requireSoundStore();
        return shipping.ship(request);
    }

    /**
     * Ships a release of another store to this one: its artifacts are copied by their digests, under new names, read back
     * whole with the reader's own loader, and only then made current. It goes through all gates, gets the next release id
     * of this store, and records where it came from as the evidence {@code promoted_from}.
     *
     * @return the release that is current now: the new one, or, if the same artifacts with the same window are current
     *     already, that one, and then nothing was copied or swapped
     * @throws NotFoundException if the source has no such release, or this store no such surface
     * @throws dev.recsys.DamagedException if an artifact of the source is not whole, or did not arrive whole; nothing
     *     changed
     * @throws IllegalArgumentException if both stores are one
     */
    public Release promote(PromoteRequest request) {
        begin("promote", request.scope());
        requireSoundStore();
        return promoting.promote(request);
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
        begin("rollback", request.scope());
        return rollingBack.rollBack(request);
    }

    /**
     * Refuses ships until {@link #unhold} or the given time; replaces a hold that stands.
     *
     * @param until when it ends by itself, later than now; empty for never
     * @throws IllegalArgumentException if {@code until} is not later than now
     */
    public Revision hold(String tenant, String surface, String reason, Optional<Instant> until) {
        if (until.isPresent() && !until.get().isAfter(author.now())) {
            throw new IllegalArgumentException(
                    "the hold would end at " + until.get() + "; expected a time after " + author.now());
        }
        Scope scope = begin("hold", tenant, surface, reason);
        Hold hold = new Hold(author.by(), reason, until);
        return swap("hold", scope, reason, (base, next) -> next.withHold(Optional.of(hold)));
    }

    /** Lifts the hold; without one nothing is swapped. */
    public Revision unhold(String tenant, String surface, String reason) {
        Scope scope = begin("unhold", tenant, surface, reason);
        Pointer current = releases.current(scope).pointer();
        if (current.hold().isEmpty()) {
            return current.toRevision(true);
        }
        return swap("unhold", scope, reason, (base, next) -> next.withHold(Optional.empty()));
    }

    /**
     * Keeps a release until {@link #unpin}, whatever is collected; if it is pinned already nothing is swapped.
     *
     * @param release its id; at most 64 are pinned at a time
     * @throws NotFoundException if there is no such release, or it is no longer retained
     */
    public Revision pin(String tenant, String surface, long release, String reason) {
        Scope scope = begin("pin", tenant, surface, reason);
        Pointer current = releases.current(scope).pointer();
        if (current.retention().pinned().contains(release)) {
            return current.toRevision(true);
        }
        return swap("pin", scope, reason, (base, next) -> {
            releases.release(base, release);
            return next.withRetention(next.retention().pinning(scope, release));
        });
    }

    /**
     * Ends a release's pin; if it is not pinned nothing is swapped. It is retained until a collection finds that it is one
     * to go, its age counting from now if it is an old one.
     */
    public Revision unpin(String tenant, String surface, long release, String reason) {
        Scope scope = begin("unpin", tenant, surface, reason);
        Pointer current = releases.current(scope).pointer();
        if (!current.retention().pinned().contains(release)) {
            return current.toRevision(true);
        }
        return swap(
                "unpin",
                scope,
                reason,
                (base, next) -> next.withRetention(next.retention().unpinning(scope, release, next.seq())));
    }

    /**
     * Deletes the artifacts that no release to keep needs: those of older releases, and what publishers that died or lost
     * left behind. Safe beside any number of publishers and other collectors; ships that are under way upload again. What lies
     * there under a name that no publisher gives is left alone and named.
     *
     * @throws dev.recsys.DamagedException if the history does not tell what is retained; nothing is deleted then
     */
    public CollectReport collect(CollectRequest request) {
        if (request.isDryRun()) {
            requireOpenToWrite();
        } else {
            begin("collect", request.scope());
        }
        return collecting.collect(request);
    }

    /**
     * Begins the next epoch with what is current, as a release of its own: after a store was restored from a backup, or a
     * pointer vanished or was spoiled, nothing is taken for newer than this. The artifacts are read and verified first. Of
     * the other retained releases those stay that are pinned, and the 32 newest others, as far as they are whole.
     *
     * @return the revision that is current now, and which release it goes on with
     * @throws dev.recsys.DamagedException if an artifact of the current release is not whole; nothing changed
     * @throws NotFoundException if there is neither a pointer nor a history that can be read
     */
    public NewEpoch newEpoch(String tenant, String surface, String reason) {
        return beginningEpoch.begin(begin("new-epoch", tenant, surface, reason), OptionalLong.empty(), reason);
    }

    /**
     * Begins the next epoch with another release, of those that are retained; otherwise as {@link #newEpoch}.
     *
     * @return as there
     * @throws NotFoundException if it is not retained, or the history has no entry of it that can be read
     */
    public NewEpoch newEpoch(String tenant, String surface, long release, String reason) {
        return beginningEpoch.begin(begin("new-epoch", tenant, surface, reason), OptionalLong.of(release), reason);
    }

    /**
     * Finishes an operation whose outcome was unknown: while it is open, and the artifacts that it names are whole, its
     * exact bytes are sent again.
     *
     * @param handle from {@link dev.recsys.OutcomeUnknownException#handle()}, in any process
     * @return what became of it, for good
     * @throws IllegalArgumentException if the handle is not whole
     * @throws dev.recsys.OutcomeUnknownException if it is still unknown; it has the same handle again
     */
    public Resolution resume(String handle) {
        return settle(handle, attempt -> {
            if (committer.isOpen(attempt)) {
                uploader.requireWhole(attempt.scope(), attempt.next().manifest().value());
            }
            return committer.resume(attempt);
        });
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
        Reasons.require("reason", reason);
        return settle(handle, attempt -> committer.fence(attempt, reason));
    }

    /**
     * Returns the current revision.
     *
     * @throws dev.recsys.DamagedException if the history shows that it was put back to an older one
     */
    public Revision current(String tenant, String surface) {
        Pointer current = releases.current(open(tenant, surface)).pointer();
        pointers.requireNotPutBack(current);
        return current.toRevision(true);
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
        return Verifier.verify(loader, pointers, open(tenant, surface));
    }

    /**
     * Asks the store for every artifact of every retained release, and compares lengths, and digests where the store keeps
     * them. Reads no artifact: costs little, and finds what is missing or cut short. {@link #verify} finds every change.
     */
    public ScrubReport scrub(String tenant, String surface) {
        return scrubber.scrub(open(tenant, surface));
    }

    /** Returns the surfaces of which the store has anything, in order of their names there. */
    public List<Scope> surfaces() {
        requireOpen();
        return pointers.scopes();
    }

    /** Ends the publisher's use; idempotent. The store stays open. */
    @Override
    public void close() {
        closed = true;
    }

    private Revision swap(String kind, Scope scope, String reason, BinaryOperator<Pointer> change) {
        Operation operation = author.operation(kind, reason);
        StoredPointer base = releases.current(scope);
        for (int tries = 1; ; tries++) {
            Pointer same = base.pointer().next(base.sha256(), author.newTx(), author.now(), operation);
            Pointer next = change.apply(base.pointer(), same);
            Committer.Finding finding = committer.commit(Optional.of(base), next);
            if (finding.state() == Committer.State.COMMITTED) {
                return next.toRevision(true);
            }
            base = rebasing.requireOnly(Rebasing.HARMLESS, next, finding, tries);
        }
    }

    /** A store that does not answer leaves the operation unknown; that nothing changed cannot be said of it. */
    private Resolution settle(String handle, Function<Attempt, Committer.Finding> work) {
        requireOpenToWrite();
        Attempt attempt = OperationHandle.parse(trust, handle);
        try {
            return resolution(work.apply(attempt));
        } catch (StoreUnavailableException | StoreDeniedException e) {
            throw committer.unknown(attempt, "still has an unknown outcome: " + e.getMessage(), e);
        }
    }

    private static Resolution resolution(Committer.Finding finding) {
        Pointer slot = finding.slot().orElseThrow();
        Resolution.Outcome outcome = finding.state() == Committer.State.COMMITTED
                ? Resolution.Outcome.COMMITTED
                : slot.operation().kind().equals("fence") ? Resolution.Outcome.ABORTED : Resolution.Outcome.LOST;
        return new Resolution(outcome, slot.toRevision(false));
    }

    private Scope open(String tenant, String surface) {
        requireOpen();
        return new Scope(tenant, surface);
    }

    private Scope begin(String action, String tenant, String surface, String reason) {
        requireOpenToWrite();
        Scope scope = new Scope(tenant, surface);
        Reasons.require("reason", reason);
        listeners.permit(scope, action);
        return scope;
    }

    private void begin(String action, Scope scope) {
        requireOpenToWrite();
        listeners.permit(scope, action);
    }

    private void requireOpenToWrite() {
        requireOpen();
        author.requireMayWrite();
    }

    /** Asked before something new is published. What undoes or decides is not held up. */
    private void requireSoundStore() {
        if (!isProbed) {
            probing.run();
            isProbed = true;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this publisher is closed");
        }
    }

    /** Collects the settings of a publisher; not safe for concurrent use. */
    public static final class Builder {
        private final BlobStore store;
        private final String by;
        private final List<PublishListener> listeners = new ArrayList<>();
        private final List<SigningKey> signers = new ArrayList<>();
        private Optional<TrustList> trust = Optional.empty();
        private boolean readsOnly;
        private Runnable probing = () -> {};
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

        /**
         * Adds a listener, who is asked and told after those that were added before.
         *
         * <p>It is asked at the beginning of {@code create}, {@code ship}, {@code promote}, {@code rollback}, {@code hold},
         * {@code unhold}, {@code pin}, {@code unpin}, {@code collect} and {@code new-epoch}, which are the names it is given:
         * once each, before the store is read or written, also where then nothing is to be done. A dry run of a collection
         * changes nothing and is not asked about. {@link #resume} and {@link #abort} are not either: they end what was
         * permitted.
         *
         * <p>It is told of every revision that this publisher committed, once, as soon as the publisher knows that it did:
         * after the swap, before the operation returns, and before a collection deletes anything. It is not told of what was
         * not committed, and not of operations that found nothing to change. Of an operation with an unknown outcome it is
         * told when {@link #resume} or {@link #abort} finds it committed, or makes it so, by the publisher that resumes, in
         * whichever process that is and whoever sent the swap: once by each publisher that resumes the handle, of its last
         * thousand, and perhaps later than of revisions that follow. Nobody is told of what is never resumed, nor of what was
         * committed by a process that died before it knew: who keeps a record of all revisions adds what {@link #history} has
         * beside, and tells revisions apart by their {@code tx}.
         */
        public Builder listener(PublishListener listener) {
            listeners.add(listener);
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

        /**
         * Signs every new revision with these keys too, at most 8 in all; by default with none. Several are for the time
         * in which one key replaces another. A surface whose current revision is signed takes no unsigned one after it.
         */
        public Builder signWith(SigningKey... keys) {
            signers.addAll(List.of(keys));
            return this;
        }

        /**
         * Refuses revisions that no key of this list signed, with a {@link dev.recsys.DamagedException}: the current
         * one, those of the history, and those in handles. By default a publisher that signs trusts its own keys, or its
         * signature would vouch for a revision that anybody may have put there; one that does not sign looks at no
         * signatures. To sign a surface that is not signed yet, or that others sign, say so once with {@link
         * TrustList#ANYONE}, after a look at what is current there.
         */
        public Builder trust(TrustList trust) {
            this.trust = Optional.of(trust);
            return this;
        }

        /** Makes a publisher whose operations that change something are an {@link IllegalStateException}. */
        public Builder readOnly() {
            this.readsOnly = true;
            return this;
        }

        /**
         * Makes sure, before the publisher's first ship or new surface, that the store was probed and is sound: takes the
         * verdict that the store holds, or probes it now; an unsafe one is refused with a {@link
         * dev.recsys.UnsafeStoreException} that names the broken rule. By default nobody asks.
         */
        public Builder probe(StoreProbe probe) {
            this.probing = () -> probe.requireSound(store);
            return this;
        }

        /** As {@link #probe(StoreProbe)}, with endpoints that are opened and closed for a probe, so that they race too. */
        public Builder probe(StoreProbe probe, Supplier<? extends BlobStore> endpoints) {
            this.probing = () -> probe.requireSound(store, endpoints);
            return this;
        }

        Builder ambient(Ambient ambient) {
            this.ambient = ambient;
            return this;
        }

        /**
         * Returns the publisher.
         *
         * @throws IllegalArgumentException if there are more than 8 keys to sign with, or if it has a trust list, is not
         *     to read only, and signs with no key of the list: it would publish what it would itself refuse to read
         */
        public ManifestPublisher build() {
            if (signers.size() > PointerCodec.MAX_SIGNATURES) {
                throw new IllegalArgumentException("there are " + signers.size() + " keys to sign with; at most "
                        + PointerCodec.MAX_SIGNATURES + " are looked at by readers");
            }
            TrustList trusted = trusted();
            boolean isTrusted = !trusted.asksForSignatures()
                    || signers.stream().anyMatch(key -> trusted.keyIds().contains(key.id()));
            if (!readsOnly && !isTrusted) {
                throw new IllegalArgumentException("a publisher that trusts " + trusted.keyIds() + " and signs with "
                        + signers + " would publish what nobody trusts; sign with a trusted key too");
            }
            return new ManifestPublisher(this);
        }

        private TrustList trusted() {
            return trust.orElseGet(() -> signers.isEmpty()
                    ? TrustList.ANYONE
                    : TrustList.of(signers.stream().map(SigningKey::publicKey).toArray(PublicKey[]::new)));
        }
    }
}
