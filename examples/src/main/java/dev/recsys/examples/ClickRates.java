package dev.recsys.examples;

import dev.recsys.RecommendationRequest;
import dev.recsys.RecommendedItem;
import dev.recsys.control.Candidate;
import dev.recsys.control.EventSink;
import dev.recsys.control.Exposure;
import dev.recsys.control.Reranker;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The smallest model of the application's own: it multiplies what the signals say with the share of an item's showings that
 * were clicked, and learns both as they happen. Register it as a reranker and as a sink. Safe for concurrent use.
 */
public final class ClickRates implements Reranker, EventSink {
    private static final double CLICKS_BEFORE = 1; // what an item is trusted with before it was shown: 1 click
    private static final double SHOWINGS_BEFORE = 10; // of 10 showings

    private final ConcurrentMap<String, LongAdder> shown = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> clicked = new ConcurrentHashMap<>();

    /** Starts with nothing learnt. */
    public ClickRates() {}

    /** Counts a click. */
    public void clicked(String itemId) {
        count(clicked, itemId);
    }

    /** Counts what was shown; returns at once. */
    @Override
    public void exposed(Exposure exposure) {
        for (RecommendedItem item : exposure.answer().items()) {
            count(shown, item.itemId());
        }
    }

    /** Scores within microseconds; a model that takes longer looks at whether its thread was interrupted. */
    @Override
    public double[] rescore(RecommendationRequest request, List<Candidate> candidates) {
        return candidates.stream()
                .mapToDouble(candidate -> candidate.score() * rate(candidate.itemId()))
                .toArray();
    }

    private double rate(String itemId) {
        return (countOf(clicked, itemId) + CLICKS_BEFORE) / (countOf(shown, itemId) + SHOWINGS_BEFORE);
    }

    private static void count(ConcurrentMap<String, LongAdder> counts, String itemId) {
        counts.computeIfAbsent(itemId, unknown -> new LongAdder()).increment();
    }

    private static long countOf(ConcurrentMap<String, LongAdder> counts, String itemId) {
        LongAdder count = counts.get(itemId);
        return count == null ? 0 : count.sum();
    }
}
