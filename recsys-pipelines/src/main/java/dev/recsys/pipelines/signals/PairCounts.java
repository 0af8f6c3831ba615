package dev.recsys.pipelines.signals;

import java.util.Optional;

/**
 * In which sessions the neighbours of one item are, counted in a dense array: the sessions of the item are added up.
 * Gustavson: Two Fast Algorithms for Sparse Matrices, ACM TOMS 4(3), 1978. Holds 8 bytes an item, or 16 with shares; one
 * thread at a time.
 */
final class PairCounts {
    private final Baskets baskets;
    private final ItemBaskets itemBaskets;
    private final Optional<PairShares> shares;

    private final int[] common; // [item]
    private final long[] commonShares; // [item], or empty
    private final int[] touched; // [entry] item

    PairCounts(Baskets baskets, ItemBaskets itemBaskets, Optional<PairShares> shares) {
        this.baskets = baskets;
        this.itemBaskets = itemBaskets;
        this.shares = shares;
        int items = itemBaskets.itemCount();
        this.common = new int[items];
        this.commonShares = new long[shares.isPresent() ? items : 0];
        this.touched = new int[items];
    }

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
    void forEach(int item, Taker taker) {
        int touchedCount = shares.isPresent() ? addShares(item, shares.get()) : addCommon(item);
        for (int i = 0; i < touchedCount; i++) {
            int neighbour = touched[i];
            taker.take(neighbour, common[neighbour], shares.isPresent() ? commonShares[neighbour] : 0);
            common[neighbour] = 0;
        }
    }

    private int addCommon(int item) {
        int touchedCount = 0;
        for (int i = itemBaskets.start(item); i < itemBaskets.end(item); i++) {
            int basket = itemBaskets.basket(i);
            int end = baskets.end(basket);
            for (int position = baskets.start(basket); position < end; position++) {
                int neighbour = baskets.item(position);
                if (common[neighbour]++ == 0) {
                    touched[touchedCount++] = neighbour;
                }
            }
        }
        return touchedCount;
    }

    private int addShares(int item, PairShares pairShares) {
        int touchedCount = 0;
        for (int i = itemBaskets.start(item); i < itemBaskets.end(item); i++) {
            int basket = itemBaskets.basket(i);
            int own = baskets.positionOf(item, basket);
            int end = baskets.end(basket);
            for (int position = baskets.start(basket); position < end; position++) {
                long share = position == own ? 0 : pairShares.share(basket, own, position);
                if (share == 0) {
                    continue;
                }
                int neighbour = baskets.item(position);
                if (common[neighbour]++ == 0) {
                    touched[touchedCount++] = neighbour;
                    commonShares[neighbour] = 0;
                }
                commonShares[neighbour] += share;
            }
        }
        return touchedCount;
    }
}
