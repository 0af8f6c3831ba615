package dev.recsys.publish;

import dev.recsys.DamagedException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.RecsysException;
import dev.recsys.RefusedException;
import dev.recsys.Scope;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.artifact.Revision.Operation;
import dev.recsys.internal.Ambient;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.Sha256;
import dev.recsys.store.SwapResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commit of every operation: record the base in the history, swap, and find out what became of the swap. There is
 * one way to a final answer, {@link #resolve}; a mismatch, a timeout or an error alone is never one.
 */
final class Committer {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final int MAX_DENIALS = 3; // one may have been somebody's between here and the store
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int MAX_WALK = 1_000; // revisions back, one read each
    private static final Logger log = LoggerFactory.getLogger(ManifestPublisher.class);

    private final BlobStore store;
    private final PointerReads pointers;
    private final Author author;
    private final PublishListeners listeners;
    private final RecentlyTold told = new RecentlyTold();
    private final Ambient ambient;
    private final Duration callTimeout;
    private final Duration patience;

    Committer(
            BlobStore store,
            PointerReads pointers,
            Author author,
            PublishListeners listeners,
            Duration callTimeout,
            Duration patience) {
        this.store = store;
        this.pointers = pointers;
        this.author = author;
        this.listeners = listeners;
        this.ambient = author.ambient();
        this.callTimeout = callTimeout;
        this.patience = patience;
    }

    /** What became of a swap, or OPEN while it may still take effect. */
    enum State {
        COMMITTED,
        LOST,
        OPEN
    }

    /**
     * A state with the revision that proves it.
     *
     * @param state which
     * @param slot the revision that stands where the attempt's would; empty while open
     */
    record Finding(State state, Optional<Pointer> slot) {}

    /**
     * Commits the successor of a base that was read, or the first revision of an absent surface; tells the listeners if it
     * did, and so does everything here by which an operation becomes known to be committed.
     *
     * @return COMMITTED or LOST
     * @throws OutcomeUnknownException if it could not be found out in time
     * @throws StoreUnavailableException if the swap certainly was never sent
     */
    Finding commit(Optional<StoredPointer> base, Pointer next) {
        base.ifPresent(stored -> pointers.requireNotPutBack(stored.pointer()));
        base.ifPresent(this::recordInHistory);
        return commitOver(base, base.map(StoredPointer::version).orElse(BlobVersion.ABSENT), next);
    }

    /**
     * Commits over whatever the register holds in this version; what it holds was recorded before, or is given up.
     *
     * @param before what it holds, if that can be read
     */
    Finding commitOver(Optional<StoredPointer> before, BlobVersion expected, Pointer next) {
        Finding finding =
                settle(new Attempt(next.scope(), expected, next, PointerCodec.encode(next, author.signers())), true);
        if (finding.state() == State.COMMITTED) {
            listeners.published(
                    next.toRevision(true), before.map(stored -> stored.pointer().toRevision(false)));
        }
        return finding;
    }

    /** Returns whether an attempt would be sent now: its base is what the register holds. */
    boolean isOpen(Attempt attempt) {
        return find(attempt).map(finding -> finding.state() == State.OPEN).orElse(false);
    }

    /** Finishes an attempt of which it is not known whether it was sent: resends identical bytes while it is open. */
    Finding resume(Attempt attempt) {
        return tellingLate(attempt, settle(attempt, false));
    }

    /** Of an attempt with a handle nobody was told: it was given up before its outcome was known. */
    private Finding tellingLate(Attempt attempt, Finding finding) {
        boolean isNews = finding.state() == State.COMMITTED
                && !listeners.all().isEmpty()
                && told.isNew(attempt.next().tx());
        if (isNews) {
            listeners.published(
                    attempt.next().toRevision(false), before(attempt).map(stored -> stored.toRevision(false)));
        }
        return finding;
    }

    private Optional<Pointer> before(Attempt attempt) {
        try {
            return pointers.before(attempt.next())
                    .filter(stored ->
                            attempt.next().parent().map(Pointer.Parent::sha256).equals(Optional.of(stored.sha256())))
                    .map(StoredPointer::pointer);
        } catch (RecsysException e) {
            log.warn("what was current before {} cannot be read: {}", name(attempt), e.getMessage());
            return Optional.empty();
        }
    }

    /** Makes sure that an open attempt never takes effect, by a swap of the same content under a new identity. */
    Finding fence(Attempt attempt, String reason) {
        Finding found = find(attempt).orElse(new Finding(State.OPEN, Optional.empty()));
        if (found.state() != State.OPEN) {
            return tellingLate(attempt, found);
        }
        try {
            return fenceOff(attempt, reason);
        } catch (OutcomeUnknownException | DamagedException e) { // who asks about the attempt keeps its handle
            throw unknown(attempt, "could not be aborted for certain: " + e.getMessage(), e);
        }
    }

    private Finding fenceOff(Attempt attempt, String reason) {
        Scope scope = attempt.scope();
        Optional<StoredPointer> base = pointers.current(scope);
        if (base.map(StoredPointer::version).orElse(BlobVersion.ABSENT).equals(attempt.expected())) {
            Operation operation = author.operation("fence", reason);
            String tx = author.newTx();
            Pointer fence = base.map(stored -> stored.pointer().next(stored.sha256(), tx, author.now(), operation))
                    .orElseGet(() -> Pointer.first(scope, tx, author.now(), operation));
            commit(base, fence);
        }
        return resume(attempt);
    }

    /** Writes the base where its successor's readers look for it; create-if-absent, so that anybody may do it. */
    void recordInHistory(StoredPointer base) {
        requireMayFollow(base);
        Pointer pointer = base.pointer();
        BlobKey key = ScopeKeys.history(pointer.scope(), pointer.epoch(), pointer.seq());
        CreateResult result = store.create(key, BlobSource.of(base.bytes()), callTimeout);
        if (result instanceof CreateResult.Exists) {
            Optional<StoredPointer> recorded = pointers.history(pointer.scope(), pointer.epoch(), pointer.seq());
            if (recorded.isEmpty() || !Arrays.equals(recorded.get().bytes(), base.bytes())) {
                throw new DamagedException(
                        "Fork detected: history " + key + " in " + store.location()
                                + " holds other bytes than the current revision " + pointer.epoch() + "/"
                                + pointer.seq()
                                + ". The pointer was overwritten from outside or restored from a backup; nothing was published.");
            }
        }
    }

    /**
     * Refuses what only a newer version may write after, and an unsigned successor of what is signed: readers that ask for
     * signatures would refuse it, without anybody noticing at this side.
     */
    void requireMayFollow(StoredPointer base) {
        String name = "Pointer of " + base.pointer().scope() + " in " + store.location();
        PointerCodec.requireWritable(name, base.bytes());
        if (author.signers().isEmpty() && PointerCodec.isSigned(name, base.bytes())) {
            throw new RefusedException(
                    base.pointer().scope(),
                    List.of(new RefusedException.Refusal(
                            "unsigned",
                            "the current revision is signed and its successor would not be, which readers that ask"
                                    + " for signatures refuse; sign with a key that they trust")));
        }
    }

    /** Sends, if that is wanted or open, and looks, until it is known or patience ends. */
    private Finding settle(Attempt attempt, boolean sendAtOnce) {
        author.requireMayWrite();
        long deadline = ambient.nanoTime().getAsLong() + patience.toNanos();
        boolean mayHaveBeenSent = !sendAtOnce;
        boolean send = sendAtOnce;
        Throwable last = null;
        for (int failures = 1; ; failures++) {
            if (send) {
                SwapResult result = send(attempt);
                if (result instanceof SwapResult.Applied) {
                    return new Finding(State.COMMITTED, Optional.of(attempt.next()));
                }
                mayHaveBeenSent |= !(result instanceof SwapResult.NotSent);
                last = causeOf(result, last);
                if (!mayHaveBeenSent && failures >= MAX_DENIALS && last instanceof StoreDeniedException) {
                    throw giveUp(attempt, false, last); // a permission does not come back by waiting
                }
            }
            try {
                Optional<Finding> finding = mayHaveBeenSent ? find(attempt) : Optional.empty();
                if (finding.isPresent() && finding.get().state() != State.OPEN) {
                    return finding.get();
                }
                send = !mayHaveBeenSent || finding.isPresent();
            } catch (RecsysException | VirtualMachineError | LinkageError e) {
                last = e;
                send = false;
            }
            if (!pause(failures, deadline)) {
                throw giveUp(attempt, mayHaveBeenSent, last);
            }
        }
    }

    /** A machine that fails in the midst of a call, as without memory, does not say what was sent. */
    private SwapResult send(Attempt attempt) {
        try {
            return store.compareAndSet(
                    ScopeKeys.current(attempt.scope()), attempt.expected(), attempt.body(), callTimeout);
        } catch (VirtualMachineError | LinkageError e) {
            return new SwapResult.Unknown(e);
        }
    }

    /** Returns what is known of an attempt; empty if the store answers and yet does not tell. */
    private Optional<Finding> find(Attempt attempt) {
        ReadResult read = pointers.currentUnless(attempt.scope(), BlobVersion.ABSENT);
        Optional<Blob> current = read instanceof ReadResult.Found found ? Optional.of(found.blob()) : Optional.empty();
        if (current.map(Blob::version).orElse(BlobVersion.ABSENT).equals(attempt.expected())) {
            requireFollows(attempt, current);
            return Optional.of(new Finding(State.OPEN, Optional.empty()));
        }
        if (current.isEmpty()) {
            throw new DamagedException("Pointer of " + attempt.scope() + " vanished from " + store.location()
                    + "; pointers are never deleted. Restore it before anything is published.");
        }
        return resolve(attempt, pointers.decode(attempt.scope(), current.get()).pointer());
    }

    /**
     * A handle comes from outside: its body, however well signed, may be another revision's successor. One that begins an
     * epoch may follow what cannot be read.
     */
    private void requireFollows(Attempt attempt, Optional<Blob> register) {
        Optional<StoredPointer> current;
        try {
            current = register.map(blob -> pointers.decode(attempt.scope(), blob));
        } catch (DamagedException e) {
            if (beginsEpoch(attempt)) {
                return;
            }
            throw e;
        }
        long epoch = current.map(stored -> stored.pointer().epoch()).orElse(1L);
        Optional<Sha256> parent = attempt.next().parent().map(Pointer.Parent::sha256);
        if (attempt.next().epoch() <= epoch && !parent.equals(current.map(StoredPointer::sha256))) {
            throw new DamagedException(name(attempt) + " does not follow the current revision, which its handle says"
                    + " it does. The handle was altered; nothing was published.");
        }
    }

    private static boolean beginsEpoch(Attempt attempt) {
        return attempt.next().operation().kind().equals("new-epoch");
    }

    /** The slot that the attempt would fill tells its outcome: it holds the attempt's identity, or another's. */
    private Optional<Finding> resolve(Attempt attempt, Pointer current) {
        long epoch = attempt.next().epoch();
        long seq = attempt.next().seq();
        Optional<Pointer> slot = current.seq() == seq && current.epoch() == epoch
                ? Optional.of(current)
                : pointers.history(attempt.scope(), epoch, seq).map(StoredPointer::pointer);
        if (slot.isPresent()) {
            if (slot.get().tx().equals(attempt.next().tx())) {
                return Optional.of(new Finding(State.COMMITTED, slot));
            }
            return followsSame(attempt, slot.get()) || beginsEpoch(attempt)
                    ? Optional.of(new Finding(State.LOST, slot))
                    : Optional.empty(); // of another store, or of another line of this one
        }
        if (current.epoch() < epoch) { // it would have begun this epoch; another operation went on in the one before
            return beginsEpoch(attempt) ? Optional.of(new Finding(State.LOST, Optional.of(current))) : Optional.empty();
        }
        boolean mayBePassedBy = current.epoch() > epoch || beginsEpoch(attempt);
        return mayBePassedBy ? passedBy(attempt, current) : Optional.empty();
    }

    private static boolean followsSame(Attempt attempt, Pointer other) {
        return other.parent()
                .map(Pointer.Parent::sha256)
                .equals(attempt.next().parent().map(Pointer.Parent::sha256));
    }

    /**
     * An epoch that began from the attempt's own base took its place for good. One that began from elsewhere tells nothing:
     * the attempt may have taken effect before what is lost now was lost; nor does one that began too many revisions ago.
     */
    private Optional<Finding> passedBy(Attempt attempt, Pointer current) {
        Optional<Sha256> base = attempt.next().parent().map(Pointer.Parent::sha256);
        Optional<Pointer> revision = base.map(sha256 -> current);
        for (int walked = 0;
                walked < MAX_WALK
                        && revision.isPresent()
                        && revision.get().epoch() >= attempt.next().epoch();
                walked++) {
            if (revision.get().parent().map(Pointer.Parent::sha256).equals(base)) {
                return Optional.of(new Finding(State.LOST, revision));
            }
            revision = pointers.before(revision.get()).map(StoredPointer::pointer);
        }
        return Optional.empty();
    }

    private boolean pause(int failures, long deadline) {
        Duration pause = ambient.backOff(failures, FIRST_PAUSE, LONGEST_PAUSE);
        if (Thread.currentThread().isInterrupted() || ambient.nanoTime().getAsLong() + pause.toNanos() - deadline > 0) {
            return false;
        }
        try {
            ambient.sleeper().sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private RecsysException giveUp(Attempt attempt, boolean mayHaveBeenSent, @Nullable Throwable last) {
        String why = last == null ? "the store did not tell" : String.valueOf(last.getMessage());
        if (mayHaveBeenSent) {
            return unknown(attempt, "has an unknown outcome: " + why, last);
        }
        String notMade = name(attempt) + " was not made: " + why + ". Nothing changed; ";
        if (last instanceof StoreDeniedException) {
            return new StoreDeniedException(notMade + "mend that first.", last);
        }
        return new StoreUnavailableException(
                notMade + "try again.", last == null ? new IllegalStateException(why) : last);
    }

    OutcomeUnknownException unknown(Attempt attempt, String what, @Nullable Throwable cause) {
        return new OutcomeUnknownException(
                name(attempt) + " " + what
                        + ". It may be visible or become so. Keep the handle and resume it"
                        + " when the store answers; delete nothing.",
                OperationHandle.of(attempt),
                cause);
    }

    private String name(Attempt attempt) {
        return "The " + attempt.next().operation().kind() + " of revision "
                + attempt.next().epoch() + "/" + attempt.next().seq() + " for " + attempt.scope() + " in "
                + store.location();
    }

    private static @Nullable Throwable causeOf(SwapResult result, @Nullable Throwable otherwise) {
        if (result instanceof SwapResult.NotSent notSent) {
            return notSent.cause();
        }
        return result instanceof SwapResult.Unknown unknown ? unknown.cause() : otherwise;
    }
}
