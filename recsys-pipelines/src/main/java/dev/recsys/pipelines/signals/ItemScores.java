package dev.recsys.pipelines.signals;

/** Adds up events by item. Events come in their order, oldest first, so that a sum is the same however they were read. */
interface ItemScores {
    void add(int event);

    /** Offers the score of each item that has one, and starts again from none. */
    void drainTo(BestItems best);
}
