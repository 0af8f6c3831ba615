package dev.recsys.control;

import dev.recsys.RecommendationRequest;
import java.util.List;

/**
 * A host's own model that scores the best items anew, before caps and diversity choose among them. Pins stay where they
 * are, and boosts are in the scores that it is given and not applied again.
 *
 * <p>Guarantees an implementation gives: it is safe for concurrent use, and gives up when its thread is interrupted. It may
 * take until the deadline it was registered with; if it takes longer or fails, the request is answered by the scores
 * that the items had, and says so.
 */
@FunctionalInterface
public interface Reranker {
    /**
     * Scores candidates anew.
     *
     * @param request the request
     * @param candidates the best items, best first
     * @return a score for each, in the same order: finite, not negative, the higher the better
     */
    double[] rescore(RecommendationRequest request, List<Candidate> candidates);
}
