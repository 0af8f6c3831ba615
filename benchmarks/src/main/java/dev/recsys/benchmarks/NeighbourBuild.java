package dev.recsys.benchmarks;

/** One way to build the table of neighbours; what is prepared when it is made is what it may have in memory beforehand. */
interface NeighbourBuild extends AutoCloseable {
    int NEIGHBOURS = 100;
    int LAST_EVENTS = 50;

    /** Takes the row of an item. */
    interface RowTaker {
        /** Takes it: neighbours by their numbers, best first, and their cosines. */
        void take(int item, int[] neighbours, double[] scores);
    }

    /** Does what is measured. */
    void build() throws Exception;

    /** Gives the rows that were built, in any order; a bound has none. */
    void rows(RowTaker taker) throws Exception;

    @Override
    default void close() {}
}
