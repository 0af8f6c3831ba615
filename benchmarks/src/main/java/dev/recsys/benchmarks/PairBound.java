package dev.recsys.benchmarks;

import java.util.Arrays;

/**
 * The floor of building neighbours: events are read, put together by session by counting, and each pair of a session's last
 * events is touched once. In session order a pair adds to the counters of its two items, which are in the cache; in row
 * order it adds to its own counter, once for each row that it is in, as every way that counts pairs must. Nothing is
 * scored, ranked or kept.
 */
final class PairBound implements NeighbourBuild {
    private final ShopColumns shop;
    private final boolean inRowOrder;
    private final int[] counts; // [item]
    long sum; // so that no work can be left out

    PairBound(ShopColumns shop, boolean inRowOrder) {
        this.shop = shop;
        this.inRowOrder = inRowOrder;
        this.counts = new int[shop.itemCount()];
    }

    @Override
    public void build() {
        int[] ends = new int[shop.sessionCount() + 1]; // [session + 1]
        for (int session : shop.sessions()) {
            ends[session + 1]++;
        }
        for (int session = 1; session < ends.length; session++) {
            ends[session] += ends[session - 1];
        }
        int[] items = itemsBySession(ends);
        if (inRowOrder) {
            addByRow(ends, items);
        } else {
            addBySession(ends, items);
        }
    }

    private int[] itemsBySession(int[] ends) {
        int[] next = Arrays.copyOf(ends, ends.length - 1);
        int[] items = new int[shop.size()];
        for (int event = 0; event < items.length; event++) {
            items[next[shop.sessions()[event]]++] = shop.items()[event];
        }
        return items;
    }

    private void addBySession(int[] ends, int[] items) {
        for (int session = 0; session + 1 < ends.length; session++) {
            int end = ends[session + 1];
            for (int left = Math.max(ends[session], end - LAST_EVENTS); left < end; left++) {
                for (int right = left + 1; right < end; right++) {
                    counts[items[left]]++;
                    counts[items[right]]++;
                }
            }
        }
        for (int count : counts) {
            sum = 31 * sum + count;
        }
    }

    private void addByRow(int[] ends, int[] items) {
        int[] itemEnds = new int[shop.itemCount()];
        for (int item : items) {
            itemEnds[item]++;
        }
        for (int item = 1; item < itemEnds.length; item++) {
            itemEnds[item] += itemEnds[item - 1];
        }
        int[] sessions = new int[items.length]; // by item
        for (int session = ends.length - 2; session >= 0; session--) {
            for (int i = ends[session]; i < ends[session + 1]; i++) {
                sessions[--itemEnds[items[i]]] = session;
            }
        }
        int entry = 0;
        for (int item = 0; item < itemEnds.length; item++) {
            int end = item + 1 < itemEnds.length ? itemEnds[item + 1] : sessions.length;
            for (; entry < end; entry++) {
                int last = ends[sessions[entry] + 1];
                for (int i = Math.max(ends[sessions[entry]], last - LAST_EVENTS); i < last; i++) {
                    counts[items[i]]++;
                }
            }
        }
        sum += counts[0];
    }

    @Override
    public void rows(RowTaker taker) {}
}
