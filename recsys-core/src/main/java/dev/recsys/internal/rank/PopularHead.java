package dev.recsys.internal.rank;

import dev.recsys.table.Table;

/**
 * The head of one list of popularity: the score of each of its items, by the item's number. An open hash table, at most an eighth full, so
 * that the first look tells nearly always: the thousand items of the usual head take 40 KiB. Immutable.
 */
final class PopularHead {
    private static final int GOLDEN =
            0x9e3779b9; // 2^32 over the golden ratio: Knuth, The Art of Computer Programming, 6.4

    private final int[] places; // [home] or 0
    private final int shift;
    private final int[] items; // [place]
    private final float[] scores; // [place], and some score at place 0

    private PopularHead(int length) {
        int bits = 35 - Integer.numberOfLeadingZeros(Math.max(1, length));
        this.places = new int[1 << bits];
        this.shift = Integer.SIZE - bits;
        this.items = new int[length + 1];
        this.scores = new float[length + 1];
    }

    /** Looks at the first entries of a row, up to a position. */
    static PopularHead of(Table popularity, int row, int end) {
        int start = popularity.rowStart(row);
        PopularHead head = new PopularHead(end - start);
        for (int position = start; position < end; position++) {
            head.put(1 + position - start, popularity.item(position), popularity.score(row, position));
        }
        return head;
    }

    /** Returns the place of an item in the list, from 1 on, or 0 if it is not in the head. */
    int placeOf(int item) {
        int home = (item * GOLDEN) >>> shift;
        int place = places[home];
        while ((long) place * (items[place] ^ item)
                != 0) { // neither empty nor the item's: one branch, nearly never taken
            home = (home + 1) & (places.length - 1);
            place = places[home];
        }
        return place;
    }

    /** Returns the score at a place; at place 0 one like the others. */
    float score(int place) {
        return scores[place];
    }

    private void put(int place, int item, float score) {
        int home = (item * GOLDEN) >>> shift;
        while (places[home] != 0) {
            home = (home + 1) & (places.length - 1);
        }
        places[home] = place;
        items[place] = item;
        scores[place] = score;
        scores[0] = score;
    }
}
