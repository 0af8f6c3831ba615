package dev.recsys;

import java.util.List;
import java.util.Optional;

/**
 * Why an answer is as it is.
 *
 * @param answer the answer, exactly as the request gets it
 * @param items the items of the answer in their order, then those that were asked about, in the order of their ids
 */
public record Explanation(Recommendations answer, List<Item> items) {
    /** Copies the list. */
    public Explanation {
        items = List.copyOf(items);
    }

    /**
     * One item.
     *
     * @param itemId its id
     * @param position its place in the answer from 1, or 0 if it is not there
     * @param rank its place by score alone among all candidates from 1, or 0 if it is none
     * @param contributions what each signal gave, by name; their shares add up to the score before boosts
     * @param boost what the boosts that hold multiply the score with; 1 without
     * @param score the score, boosts included
     * @param rules the ids of the rules that pinned, boosted or blocked it, in their order
     * @param propensity the probability that it got its place; 1 unless it was drawn
     * @param dropped why it is not in the answer; empty if it is
     */
    public record Item(
            String itemId,
            int position,
            int rank,
            List<Contribution> contributions,
            double boost,
            double score,
            List<String> rules,
            double propensity,
            Optional<Dropped> dropped) {
        /** Copies the lists. */
        public Item {
            contributions = List.copyOf(contributions);
            rules = List.copyOf(rules);
        }
    }

    /**
     * What one signal gave to one item.
     *
     * @param signal the signal's name
     * @param raw the sum of its scores
     * @param scaled the same in 0..1, where 1 is the best of the request
     * @param weight what the signal counts
     * @param share what it adds to the item's score
     */
    public record Contribution(String signal, double raw, double scaled, double weight, double share) {}

    /**
     * Why an item is not in an answer.
     *
     * @param stage where it was dropped
     * @param detail the circumstances, for people
     */
    public record Dropped(Stage stage, String detail) {}

    /** The stages at which an item may be dropped, in their order. */
    public enum Stage {
        /** Neither the release, nor the items' attributes, nor the host's candidates have it. */
        UNKNOWN,
        /** The request excludes it, or it is the item that others shall be like. */
        EXCLUDED,
        /** It is one of the user's recent items. */
        RECENT,
        /** A rule blocks it. */
        BLOCKED,
        /** It is not available. */
        UNAVAILABLE,
        /** It does not pass the request's filter of tags, categories or price. */
        FILTERED,
        /** No signal brought it up. */
        NO_SIGNAL,
        /** A cap was reached. */
        CAPPED,
        /** Others come before it. */
        OUTRANKED
    }
}
