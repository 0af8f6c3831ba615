package dev.recsys.internal.pointer;

import dev.recsys.Scope;
import dev.recsys.artifact.Hold;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision;
import dev.recsys.artifact.Revision.Operation;
import dev.recsys.store.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The value of a scope's register: one revision, with what later operations have to know.
 *
 * @param scope whose
 * @param epoch at least 1
 * @param seq at least 1; one more than its parent's
 * @param tx the identity of this body, new for every one, so that no two bodies are ever equal
 * @param parent the revision it was made from; empty for the first
 * @param swappedAt when, by the publisher's clock
 * @param operation what made it
 * @param release the id of the current release; 0 before the first ship
 * @param manifest the current release's manifest
 * @param hold set by a rollback or an operator
 * @param quarantined digests that no ship brings back by itself; newest last, at most 64
 * @param retention which releases are kept
 * @param collectorRun how often the collector ran
 */
public record Pointer(
        Scope scope,
        long epoch,
        long seq,
        String tx,
        Optional<Parent> parent,
        Instant swappedAt,
        Operation operation,
        long release,
        ManifestDocument manifest,
        Optional<Hold> hold,
        List<Sha256> quarantined,
        Retention retention,
        long collectorRun) {

    /** A number may grow by so much from one look to the next; more is a spoiled pointer, not progress. */
    public static final long MAX_SEQ_JUMP = 1_000_000;

    /** An epoch begins when somebody restored the store, which happens a few times at most. */
    public static final long MAX_EPOCH_JUMP = 10;

    /** The kind of the operation of {@link #ofTables}. */
    static final String TABLES = "tables";

    /** The largest number of quarantined digests; the oldest leave first. */
    static final int MAX_QUARANTINED = 64;

    /** Copies the list. */
    public Pointer {
        quarantined = List.copyOf(quarantined);
    }

    /**
     * The revision before.
     *
     * @param seq its number
     * @param tx its identity
     * @param sha256 the digest of its exact bytes
     */
    public record Parent(long seq, String tx, Sha256 sha256) {}

    /** Returns the first revision of a surface, with nothing shipped. */
    public static Pointer first(Scope scope, String tx, Instant now, Operation operation) {
        return new Pointer(
                scope,
                1,
                1,
                tx,
                Optional.empty(),
                now,
                operation,
                0,
                ManifestDocument.empty(now),
                Optional.empty(),
                List.of(),
                Retention.ALL,
                0);
    }

    /**
     * Returns the revision that tables of sums are at. It has no parent and no history, and is stored nowhere but in readers'
     * local copies.
     *
     * @param revision that of the tables
     * @param tx the identity of what made it
     * @param manifest the artifacts that were computed from it
     * @param by who computed them
     */
    public static Pointer ofTables(Scope scope, long revision, String tx, Manifest manifest, String by) {
        return new Pointer(
                scope,
                1,
                revision,
                tx,
                Optional.empty(),
                manifest.updatedAt(),
                new Operation(TABLES, by, "revision " + revision + " of the tables"),
                revision,
                ManifestDocument.of(manifest),
                Optional.empty(),
                List.of(),
                Retention.ALL,
                0);
    }

    /** Returns the next revision with the same content. */
    public Pointer next(Sha256 thisBytes, String nextTx, Instant now, Operation nextOperation) {
        return new Pointer(
                scope,
                epoch,
                seq + 1,
                nextTx,
                Optional.of(new Parent(seq, tx, thisBytes)),
                now,
                nextOperation,
                release,
                manifest,
                hold,
                quarantined,
                retention,
                collectorRun);
    }

    /** Returns this revision with another current release; the one it had stays retained. */
    public Pointer withRelease(long newRelease, ManifestDocument newManifest) {
        Retention kept = newRelease == release ? retention : retention.retiring(scope, release, seq);
        return with(newRelease, newManifest, hold, quarantined, kept);
    }

    /** Returns this revision with another hold, or none. */
    public Pointer withHold(Optional<Hold> newHold) {
        return with(release, manifest, newHold, quarantined, retention);
    }

    /** Returns this revision with other quarantined digests, of which the newest are kept. */
    public Pointer withQuarantined(List<Sha256> digests) {
        List<Sha256> newest = digests.subList(Math.max(0, digests.size() - MAX_QUARANTINED), digests.size());
        return with(release, manifest, hold, newest, retention);
    }

    /** Returns this revision with another retention. */
    public Pointer withRetention(Retention newRetention) {
        return with(release, manifest, hold, quarantined, newRetention);
    }

    /** Returns this revision as the work of one more run of the collector. */
    public Pointer afterCollecting(Retention newRetention) {
        return new Pointer(
                scope,
                epoch,
                seq,
                tx,
                parent,
                swappedAt,
                operation,
                release,
                manifest,
                hold,
                quarantined,
                newRetention,
                collectorRun + 1);
    }

    /**
     * Returns this revision as the first of another epoch. Its release, if it has one, gets its number, and of those before
     * none is retained: what an older number names may be another build in the history than what was meant.
     */
    public Pointer beginning(long newEpoch, long newSeq, Optional<Parent> newParent) {
        return new Pointer(
                scope,
                newEpoch,
                newSeq,
                tx,
                newParent,
                swappedAt,
                operation,
                release == 0 ? 0 : newSeq,
                manifest,
                hold,
                quarantined,
                new Retention(newSeq, List.of(), List.of()),
                collectorRun);
    }

    private Pointer with(
            long newRelease,
            ManifestDocument newManifest,
            Optional<Hold> newHold,
            List<Sha256> newQuarantined,
            Retention newRetention) {
        return new Pointer(
                scope,
                epoch,
                seq,
                tx,
                parent,
                swappedAt,
                operation,
                newRelease,
                newManifest,
                newHold,
                newQuarantined,
                newRetention,
                collectorRun);
    }

    /** Returns whether a release of this surface can be made current. */
    public boolean retains(long id) {
        return id == release || retention.keeps(id);
    }

    /** Returns whether (epoch, seq) is greater than another's. */
    public boolean isNewerThan(long otherEpoch, long otherSeq) {
        return epoch != otherEpoch ? epoch > otherEpoch : seq > otherSeq;
    }

    /** Returns the public view. */
    public Revision toRevision(boolean current) {
        return new Revision(
                scope, epoch, seq, tx, operation, release, manifest.value(), swappedAt, hold, quarantined, current);
    }
}
