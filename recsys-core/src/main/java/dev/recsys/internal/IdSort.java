package dev.recsys.internal;

/**
 * Sorts the ids of a pool, which are all different, by their bytes without making a string or an object of any: multikey quicksort (Bentley and Sedgewick: Fast
 * Algorithms for Sorting and Searching Strings, SODA 1997, section 3), which looks at each byte of a common beginning once and not once a comparison.
 */
final class IdSort {
    private static final int FEW = 12;
    private static final int ENDED = -1; // below every byte: a beginning of an id comes before it

    private final IdPool ids;
    private final int[] order;

    private IdSort(IdPool ids) {
        this.ids = ids;
        this.order = new int[ids.size()];
        for (int number = 0; number < order.length; number++) {
            order[number] = number;
        }
    }

    /** Returns the numbers of all ids in the order of these, code point by code point. */
    static int[] of(IdPool ids) {
        IdSort sort = new IdSort(ids);
        sort.sort(0, sort.order.length, 0);
        return sort.order;
    }

    /**
     * Sorts a range of ids that have so many bytes in common. Goes on with the largest of the three parts itself, so that it nests no
     * deeper than log n.
     */
    private void sort(int start, int end, int common) {
        int from = start;
        int to = end;
        int depth = common;
        while (to - from > FEW) {
            int pivot = byteOf(order[(from + to) >>> 1], depth);
            int less = from; // exclusive end of those below the pivot
            int more = to; // start of those above it
            int at = from;
            while (at < more) {
                int here = byteOf(order[at], depth);
                if (here < pivot) {
                    swap(less++, at++);
                } else if (here > pivot) {
                    swap(at, --more);
                } else {
                    at++;
                }
            }
            int largest = Math.max(less - from, Math.max(more - less, to - more));
            if (more - less == largest) {
                sort(from, less, depth);
                sort(more, to, depth);
                from = less;
                to = more;
                depth++;
            } else if (less - from == largest) {
                sort(less, more, depth + 1);
                sort(more, to, depth);
                to = less;
            } else {
                sort(from, less, depth);
                sort(less, more, depth + 1);
                from = more;
            }
        }
        insert(from, to);
    }

    private void insert(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int number = order[i];
            int at = i;
            while (at > from && ids.compare(order[at - 1], number) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = number;
        }
    }

    private int byteOf(int number, int depth) {
        int at = ids.start(number) + depth;
        return at < ids.end(number) ? ids.pool()[at] & 0xFF : ENDED;
    }

    private void swap(int left, int right) {
        int number = order[left];
        order[left] = order[right];
        order[right] = number;
    }
}
