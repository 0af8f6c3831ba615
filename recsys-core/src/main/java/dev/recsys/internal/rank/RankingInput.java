package dev.recsys.internal.rank;

import dev.recsys.RecommendationRequest;
import dev.recsys.control.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What one ranking is of, beside its plan.
 *
 * @param request the request
 * @param recentItems the user's recent items, most recent first
 * @param candidates what the host's own signals gave, by their names
 * @param seed what exploration draws from
 * @param rescorer the host's own model
 */
public record RankingInput(
        RecommendationRequest request,
        List<String> recentItems,
        SortedMap<String, List<Candidate>> candidates,
        long seed,
        Rescorer rescorer) {
    /** A host's own model, as the ranking asks it: late or failing is an answer. */
    public interface Rescorer {
        /** There is no model. */
        Rescorer NONE = new Rescorer() {
            @Override
            public int pool() {
                return 0;
            }

            @Override
            public Optional<double[]> rescore(List<Candidate> candidates) {
                return Optional.empty();
            }
        };

        /** Returns how many of the best items it scores. */
        int pool();

        /** Returns a score for each candidate, finite and not negative; or empty, and then it has said why. */
        Optional<double[]> rescore(List<Candidate> candidates);
    }
}
