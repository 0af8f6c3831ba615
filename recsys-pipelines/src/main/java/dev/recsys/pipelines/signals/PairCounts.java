package dev.recsys.pipelines.signals;

/**
 * In which sessions the neighbours of one item are, counted in a dense array: the sessions of the item are added up.
 * Gustavson: Two Fast Algorithms for Sparse Matrices, ACM TOMS 4(3), 1978. Holds scratch memory; one thread at a time.
 */
interface PairCounts {
    /** Takes a neighbour of the item that is counted. */
    interface Taker {
        /**
         * Takes one.
         *
         * @param common in how many sessions both are a pair, at least 1
         * @param share the sum of {@link PairShares} over these; 0 without shares
         */
        void take(int neighbour, int common, long share);
    }

    /** Gives the neighbours of an item in no order; the item itself may be among them. */
    void forEach(int item, Taker taker);
}
