package dev.recsys.pipelines.evaluate;

import java.util.Arrays;

/**
 * Finds where the targets of a question stand among all items, and the list that would be shown. Used by one thread at a
 * time.
 *
 * <p>Ties count against us: an item that is no target and has the score of one stands before it (Krichene, Rendle: On
 * Sampled Metrics for Item Recommendation, KDD 2020, for why all items are ranked and none are sampled). The list shows
 * the items that have a score, the best first, equal ones by id.
 */
final class Placing {
    private final KnownItems items;
    private final int listLength;
    private final int[] list; // [place] item, best first
    private int listed;

    Placing(KnownItems items, int listLength) {
        this.items = items;
        this.listLength = listLength;
        this.list = new int[listLength + 1];
    }

    /**
     * Returns the ranks of the targets that training knows, from 1, ascending.
     *
     * @param scores of each item; negative infinity for those that are not ranked
     */
    long[] ranks(double[] scores, int[] targets) {
        double[] ascending = Arrays.stream(targets)
                .filter(item -> item >= 0)
                .mapToDouble(item -> scores[item])
                .sorted()
                .toArray();
        int known = ascending.length;
        if (known == 0) {
            return new long[0];
        }
        long[] notWorse = new long[known]; // [target] items whose score reaches this target's and no better one's
        for (double score : scores) {
            if (score >= ascending[0]) {
                notWorse[lastAtMost(ascending, score)]++;
            }
        }
        long[] ranks = new long[known];
        long reached = 0;
        int better = 0;
        for (int target = known - 1; target >= 0; target = nextBelow(ascending, target)) {
            int tied = target - nextBelow(ascending, target);
            reached += notWorse[target]; // lastAtMost counts at the last of those that are tied
            for (int i = 0; i < tied; i++) {
                ranks[better + i] = reached - tied + i + 1; // the tied targets stand last among those of their score
            }
            better += tied;
        }
        return ranks;
    }

    /** Returns the list that would be shown: at most as long as was asked for. */
    int[] list(double[] scores) {
        listed = 0;
        double least = 0;
        for (int item = 0; item < scores.length; item++) {
            if (scores[item] > 0 && scores[item] >= least) {
                insert(item, scores);
                least = listed == listLength ? scores[list[listed - 1]] : 0;
            }
        }
        return Arrays.copyOf(list, listed);
    }

    private void insert(int item, double[] scores) {
        int place = listed;
        while (place > 0 && isBetter(item, list[place - 1], scores)) {
            list[place] = list[place - 1];
            place--;
        }
        list[place] = item;
        listed = Math.min(listLength, listed + 1);
    }

    private boolean isBetter(int left, int right, double[] scores) {
        return scores[left] != scores[right] ? scores[left] > scores[right] : items.rank(left) < items.rank(right);
    }

    /** Returns the last position whose score is at most this; there is one. */
    private static int lastAtMost(double[] ascending, double score) {
        int low = 0;
        int high = ascending.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (ascending[middle] <= score) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static int nextBelow(double[] ascending, int target) {
        int below = target - 1;
        while (below >= 0 && ascending[below] == ascending[target]) {
            below--;
        }
        return below;
    }
}
