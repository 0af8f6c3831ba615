package dev.recsys.artifact;

import dev.recsys.Scope;
import dev.recsys.store.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One committed value of a scope's pointer. Revisions are ordered by {@code (epoch, seq)}; every swap of any kind makes
 * the next one, and {@code seq} never starts again.
 *
 * @param scope whose pointer
 * @param epoch at least 1
 * @param seq at least 1
 * @param tx the identity of the swap that made it
 * @param operation what that swap was
 * @param release the id of the release that is current in this revision; 0 before the first ship
 * @param manifest that release's manifest
 * @param swappedAt when the swap was made, by the publisher's clock
 * @param hold the hold that stands in this revision, if any
 * @param quarantined the digests that rollbacks took out of service, oldest first, at most 64
 * @param current whether this was the current revision when it was read
 */
public record Revision(
        Scope scope,
        long epoch,
        long seq,
        String tx,
        Operation operation,
        long release,
        Manifest manifest,
        Instant swappedAt,
        Optional<Hold> hold,
        List<Sha256> quarantined,
        boolean current) {
    /** Copies the list. */
    public Revision {
        quarantined = List.copyOf(quarantined);
    }

    /**
     * What made a revision.
     *
     * @param kind such as {@code ship}, {@code rollback}, {@code hold}
     * @param by who did it
     * @param reason why, in the words of who did it
     */
    public record Operation(String kind, String by, String reason) {}
}
