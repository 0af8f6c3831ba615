package dev.recsys.pipelines.signals;

/**
 * What a model has learned about pairs of items: a matrix by which any history is scored, also that of a user whom
 * training did not know. Items have the numbers of the events that it was trained on. Safe for concurrent use.
 */
public interface ItemModel {
    /** Returns the number of items. */
    int itemCount();

    /**
     * Adds the scores that an item of a history gives to the others: {@code scores[j] += weight * B[item][j]}. The sum
     * over a history's items is the history's score of each item. {@code B[item][item]} is 0; others may be negative,
     * if the model has negative scores.
     *
     * @param item from 0 to {@code itemCount() - 1}
     * @param weight what this item of the history counts
     * @param scores by item, {@code itemCount()} long
     */
    void addRow(int item, double weight, double[] scores);
}
