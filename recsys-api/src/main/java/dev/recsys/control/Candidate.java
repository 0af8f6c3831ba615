package dev.recsys.control;

/**
 * An item with a score.
 *
 * @param itemId the item's id
 * @param score finite, not negative; comparable with the others beside it only
 */
public record Candidate(String itemId, double score) {
    private static final int MAX_ID_LENGTH = 512;

    /**
     * Checks id and score.
     *
     * @throws IllegalArgumentException if the id is blank or over-long, or the score is negative or not finite
     */
    public Candidate {
        Texts.require("an item id", itemId, MAX_ID_LENGTH);
        if (!(score >= 0 && score <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("the score of item '" + itemId + "' is " + score
                    + "; expected a finite number that is not negative");
        }
    }
}
