package dev.recsys.benchmarks;

import java.util.List;

/** One way to build the table of neighbours; what is prepared when it is made is what it may have beforehand. */
interface NeighbourBuild extends AutoCloseable {
    int NEIGHBOURS = 100;
    int LAST_EVENTS = 50;

    /** A neighbour and its cosine. */
    record Neighbour(String item, double score) {}

    /** Takes the row of an item. */
    interface RowTaker {
        /** Takes it: neighbours, best first. */
        void take(String item, List<Neighbour> row);
    }

    /** Does what is measured. */
    void build() throws Exception;

    /** Gives the rows that were built, in any order; a bound has none. */
    void rows(RowTaker taker) throws Exception;

    @Override
    default void close() {}
}
