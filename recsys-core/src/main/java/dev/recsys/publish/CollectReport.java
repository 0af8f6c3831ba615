package dev.recsys.publish;

import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import dev.recsys.store.BlobKey;
import java.util.List;
import java.util.Optional;

/**
 * What a run of the collector decided and did.
 *
 * @param scope whose
 * @param revision the revision it made; empty for a dry run, and where there was nothing to do
 * @param decisions one for each release that was retained, newest first
 * @param objects how many artifacts nobody needs: those of the releases that are not kept, and left-overs of publishers
 *     that died or lost
 * @param sizeBytes how many bytes they have
 * @param notDeleted how many of them are still there: all for a dry run, else those that the store did not delete; the next
 *     run deletes them
 * @param foreign what lies among the artifacts under names that no publisher gives: left alone, and in no count
 */
public record CollectReport(
        Scope scope,
        Optional<Revision> revision,
        List<Decision> decisions,
        int objects,
        long sizeBytes,
        int notDeleted,
        List<BlobKey> foreign) {
    /** Copies the lists. */
    public CollectReport {
        decisions = List.copyOf(decisions);
        foreign = List.copyOf(foreign);
    }

    /**
     * What becomes of a release.
     *
     * @param release its id
     * @param kept whether it can be made current again
     * @param because why
     */
    public record Decision(long release, boolean kept, String because) {}
}
