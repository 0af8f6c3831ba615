package dev.recsys.internal.rank;

/** Is told how a list comes about. The ranking is the same whoever listens. */
interface Trace {
    /** Nobody listens. */
    Trace NONE = new Trace() {};

    /**
     * A signal gave something to an item.
     *
     * @param raw the sum of the signal's scores
     * @param share what it adds to the item's score
     */
    default void contributed(String signal, int item, float raw, float weight, float share) {}

    /** An item was passed over, because its place was taken by others with the same feature. */
    default void capped(int item, int feature) {}

    /** The list stands. */
    default void done(Scratch scratch, Selection selection) {}
}
