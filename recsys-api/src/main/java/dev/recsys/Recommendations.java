package dev.recsys;

import java.util.List;
import java.util.Optional;

/**
 * The answer to one request; it comes from one release as a whole.
 *
 * @param scope whose surface answered
 * @param release the id of the release that answered, or 0 when none was loaded
 * @param epoch the epoch of the revision through which the release was current, or 0
 * @param seq the sequence number of that revision, or 0
 * @param versions the versions of what configured the answer
 * @param assignment the variant of the experiment that the request was in, if it was in one
 * @param items in the order in which they are to be shown: best first, equal scores by item id, unless a rule, diversity or
 *     exploration says otherwise
 * @param degradations what was less than it could be, the worst first; empty when nothing was
 */
public record Recommendations(
        Scope scope,
        long release,
        long epoch,
        long seq,
        Versions versions,
        Optional<Assignment> assignment,
        List<RecommendedItem> items,
        List<Degradation> degradations) {
    /**
     * Which configuration, rules and item attributes an answer was made with.
     *
     * @param config the version of the configuration
     * @param rules the version of the rules
     * @param items the version of the item attributes
     */
    public record Versions(String config, String rules, String items) {
        /** What an answer has that was made of nothing. */
        public static final Versions NONE = new Versions("none", "none", "none");
    }

    /** Copies the lists. */
    public Recommendations {
        items = List.copyOf(items);
        degradations = List.copyOf(degradations);
    }

    /** Of a request that was in no experiment. */
    public Recommendations(
            Scope scope,
            long release,
            long epoch,
            long seq,
            Versions versions,
            List<RecommendedItem> items,
            List<Degradation> degradations) {
        this(scope, release, epoch, seq, versions, Optional.empty(), items, degradations);
    }

    /** Returns this answer with other degradations, the worst first. */
    public Recommendations withDegradations(List<Degradation> other) {
        return new Recommendations(scope, release, epoch, seq, versions, assignment, items, other);
    }
}
