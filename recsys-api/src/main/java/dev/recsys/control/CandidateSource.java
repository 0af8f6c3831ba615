package dev.recsys.control;

import dev.recsys.RecommendationRequest;
import java.util.List;

/**
 * A host's own signal: it brings items with scores, which take part in the ranking as those of an artifact do. The weight
 * is that of the signal's name in the {@link RankingConfig}.
 *
 * <p>Guarantees an implementation gives: it answers from memory, for it is asked on the request path; it is safe for
 * concurrent use. An exception costs the request this signal, and nothing else. For a request to be replayed it is not
 * asked again: what it gave is in the record.
 */
@FunctionalInterface
public interface CandidateSource {
    /**
     * Returns items for a request, each once, in any order; at most 10,000. Items that the release does not know may be
     * among them.
     *
     * @param request the request
     * @param recentItems the user's recent items, most recent first
     */
    List<Candidate> candidates(RecommendationRequest request, List<String> recentItems);
}
