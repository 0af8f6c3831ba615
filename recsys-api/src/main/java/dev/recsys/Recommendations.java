package dev.recsys;

import java.util.List;

/**
 * The answer to one request; it comes from one release as a whole.
 *
 * @param scope whose surface answered
 * @param release the id of the release that answered, or 0 when none was loaded
 * @param epoch the epoch of the revision through which the release was current, or 0
 * @param seq the sequence number of that revision, or 0
 * @param items best first; equal scores by item id
 * @param degradations what was less than it could be, the worst first; empty when nothing was
 */
public record Recommendations(
        Scope scope, long release, long epoch, long seq, List<RecommendedItem> items, List<Degradation> degradations) {
    /** Copies the lists. */
    public Recommendations {
        items = List.copyOf(items);
        degradations = List.copyOf(degradations);
    }
}
