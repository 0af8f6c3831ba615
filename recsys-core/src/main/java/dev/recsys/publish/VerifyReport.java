package dev.recsys.publish;

import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import java.util.List;

/**
 * What a look at every object of a scope found.
 *
 * @param scope whose
 * @param revisions how many revisions were read
 * @param oldest the oldest of them, apart from those of single releases that are retained; if it is not the first one, it
 *     began an epoch without what came before, or what came before is missing and among the damages
 * @param releases how many retained releases there are
 * @param artifacts how many artifacts were read whole, each once
 * @param sizeBytes how many bytes they have
 * @param damages what is wrong; empty when everything is as it was written
 */
public record VerifyReport(
        Scope scope,
        int revisions,
        Revision oldest,
        int releases,
        int artifacts,
        long sizeBytes,
        List<Damage> damages) {
    /** Copies the list. */
    public VerifyReport {
        damages = List.copyOf(damages);
    }

    /**
     * One damaged object.
     *
     * @param object its key
     * @param releases the ids of the releases that need it, newest first; empty for an entry of the history
     * @param problem what is wrong, and what to do
     */
    public record Damage(String object, List<Long> releases, String problem) {
        /** Copies the list. */
        public Damage {
            releases = List.copyOf(releases);
        }
    }
}
