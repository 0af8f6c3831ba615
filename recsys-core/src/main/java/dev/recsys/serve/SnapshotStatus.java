package dev.recsys.serve;

import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a recommender has in memory for a scope, and how sure it is that this is current.
 *
 * @param scope whose
 * @param state in a word
 * @param revision the revision that serves; empty while not ready
 * @param sinceVerified the time since the store was last asked with success; empty if it never was
 * @param heapBytes what the snapshot takes of the heap
 * @param failures how many polls failed in a row
 * @param lastError why the last of them failed, why nothing is loaded, or why no local copy can be kept; empty when all
 *     is well
 */
public record SnapshotStatus(
        Scope scope,
        State state,
        Optional<Revision> revision,
        Optional<Duration> sinceVerified,
        long heapBytes,
        int failures,
        Optional<String> lastError) {

    /** How good the snapshot is, the best first. */
    public enum State {
        /** Serving; the store was asked no longer ago than one refresh interval allows. */
        FRESH,
        /** Serving, but the store could not be asked for longer than that. */
        STALE,
        /** Serving from a copy on the local disk of what was served before; the store has not confirmed it yet. */
        LAST_KNOWN_GOOD,
        /** Serving from the copy that came with the application; there is nothing better. */
        BOOTSTRAP,
        /** Nothing is loaded. */
        NOT_READY
    }

    /** Returns how long ago the serving release was shipped; empty while not ready. */
    public Optional<Duration> releaseAge(Instant now) {
        return revision.map(current -> Duration.between(current.manifest().updatedAt(), now));
    }
}
