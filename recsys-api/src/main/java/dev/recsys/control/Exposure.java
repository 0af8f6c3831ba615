package dev.recsys.control;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An answer that was given, and all that it was made of: with the release, and the versions of configuration, rules and
 * items that it names, the same list can be made again. It holds a user's id and history: treat it as personal data.
 *
 * @param at when it was answered; rules hold by this time
 * @param request the request, with the seed that was used
 * @param recentItems the user's recent items, most recent first, as they were then
 * @param candidates what each host's own signal gave, by its name
 * @param rescored the items that a {@link Reranker} scored, with the scores it gave; empty if there was none or it failed
 * @param answer the answer
 * @param latencyNanos how long it took to make the answer, if that was measured
 */
public record Exposure(
        Instant at,
        RecommendationRequest request,
        List<String> recentItems,
        SortedMap<String, List<Candidate>> candidates,
        List<Candidate> rescored,
        Recommendations answer,
        OptionalLong latencyNanos) {
    /** Copies the lists. */
    public Exposure {
        recentItems = List.copyOf(recentItems);
        candidates = candidates.isEmpty() ? Collections.emptySortedMap() : copyOf(candidates);
        rescored = List.copyOf(rescored);
    }

    private static SortedMap<String, List<Candidate>> copyOf(SortedMap<String, List<Candidate>> candidates) {
        SortedMap<String, List<Candidate>> copy = new TreeMap<>();
        candidates.forEach((signal, items) -> copy.put(signal, List.copyOf(items)));
        return Collections.unmodifiableSortedMap(copy);
    }

    /** Without a latency. */
    public Exposure(
            Instant at,
            RecommendationRequest request,
            List<String> recentItems,
            SortedMap<String, List<Candidate>> candidates,
            List<Candidate> rescored,
            Recommendations answer) {
        this(at, request, recentItems, candidates, rescored, answer, OptionalLong.empty());
    }

    /** Has another request in the place of this one. */
    public Exposure withRequest(RecommendationRequest other) {
        return new Exposure(at, other, recentItems, candidates, rescored, answer, latencyNanos);
    }
}
