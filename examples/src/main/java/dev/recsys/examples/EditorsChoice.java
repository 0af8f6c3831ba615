package dev.recsys.examples;

import dev.recsys.RecommendationRequest;
import dev.recsys.control.Candidate;
import dev.recsys.control.CandidateSource;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A signal of the application's own: what its editors chose, the first counting most. Register it by a name, such as {@code
 * editors}, and give that name a weight in the configuration.
 */
public final class EditorsChoice implements CandidateSource {
    private volatile List<Candidate> chosen = List.of();

    /** Starts with nothing chosen. */
    public EditorsChoice() {}

    /**
     * Puts these items in place of those chosen before; requests under way keep those.
     *
     * @param itemIds the first counts most
     */
    public void choose(List<String> itemIds) {
        chosen = IntStream.range(0, itemIds.size())
                .mapToObj(i -> new Candidate(itemIds.get(i), 1.0 / (i + 1)))
                .toList();
    }

    /** Returns the items in memory at once, for a request waits for it. */
    @Override
    public List<Candidate> candidates(RecommendationRequest request, List<String> recentItems) {
        return chosen;
    }
}
