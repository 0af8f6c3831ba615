package dev.recsys.pipelines.signals;

/** Pairs of which a session counts a share. Holds 16 bytes an item; one thread at a time. */
final class SharedPairs implements PairCounts {
    private final Baskets baskets;
    private final ItemBaskets itemBaskets;
    private final PairShares shares;

    private final int[] common; // [item]
    private final long[] commonShares; // [item]
    private final int[] touched; // [entry] item

    SharedPairs(Baskets baskets, ItemBaskets itemBaskets, PairShares shares) {
        this.baskets = baskets;
        this.itemBaskets = itemBaskets;
        this.shares = shares;
        int items = itemBaskets.itemCount();
        this.common = new int[items];
        this.commonShares = new long[items];
        this.touched = new int[items];
    }

    @Override
    public void forEach(int item, Taker taker) {
        int touchedCount = add(item);
        for (int i = 0; i < touchedCount; i++) {
            int neighbour = touched[i];
            int sessions = common[neighbour];
            common[neighbour] = 0;
            taker.take(neighbour, sessions, commonShares[neighbour]);
        }
    }

    private int add(int item) {
        int touchedCount = 0;
        for (int i = itemBaskets.start(item); i < itemBaskets.end(item); i++) {
            int basket = itemBaskets.basket(i);
            int own = baskets.positionOf(item, basket);
            int end = baskets.end(basket);
            for (int position = baskets.start(basket); position < end; position++) {
                long share = position == own ? 0 : shares.share(basket, own, position);
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
