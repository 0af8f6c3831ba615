package dev.recsys.pipelines.evaluate;

import java.util.Arrays;

/** The metrics of lists as they are shown, whatever the targets are. */
final class ListMetrics {
    private ListMetrics() {}

    /**
     * Catalogue coverage: the share of the items that are in a list at all. Ge, Delgado-Battenfeld, Jannach: Beyond
     * Accuracy, RecSys 2010. From 0 to 1; 0 without items.
     *
     * @param exposures how many lists have each item
     */
    static double coverage(long[] exposures) {
        long shown = Arrays.stream(exposures).filter(count -> count > 0).count();
        return exposures.length == 0 ? 0 : (double) shown / exposures.length;
    }

    /**
     * Gini coefficient of exposure: {@code sum over items by ascending exposure of (2 i - n - 1) * exposure / (n * sum of
     * exposures)}, i from 1. Shani, Gunawardana: Evaluating Recommendation Systems, 2011, section 8.3.1.2, with n where they
     * have n - 1. From 0, every item alike, to {@code 1 - 1 / n}, one item has all; 0 without lists.
     *
     * @param exposures how many lists have each item
     */
    static double gini(long[] exposures) {
        long[] ascending = exposures.clone();
        Arrays.sort(ascending);
        double weighted = 0;
        double sum = 0;
        int items = ascending.length;
        for (int i = 0; i < items; i++) {
            weighted += (2.0 * (i + 1) - items - 1) * ascending[i];
            sum += ascending[i];
        }
        return sum == 0 ? 0 : weighted / (items * sum);
    }

    /**
     * Novelty: the mean self-information {@code log2(users / users with the item)} of a list's items. Zhou, Kuscsik, Liu,
     * Medo, Wakeling, Zhang: Solving the Apparent Diversity-Accuracy Dilemma of Recommender Systems, PNAS 107(10), 2010. In
     * bits, from 0; an item that nobody had counts as if one had.
     *
     * @param list the items, at least one
     * @param length how many of them
     * @param takers how many users had each item
     * @param users how many users there are, at least 1
     */
    static double novelty(int[] list, int length, int[] takers, int users) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += StrictMath.log((double) users / Math.max(1, takers[list[i]])) / StrictMath.log(2);
        }
        return sum / length;
    }

    /**
     * Intra-list diversity: the mean over the pairs of a list of {@code 1 - Jaccard} of their labels. Ziegler, McNee, Konstan,
     * Lausen: Improving Recommendation Lists Through Topic Diversification, WWW 2005, section 3.3. From 0 to 1; two items
     * without labels are taken to be alike in nothing.
     *
     * @param list the items, at least two
     * @param length how many of them
     * @param labels the labels of each item, ascending
     */
    static double diversity(int[] list, int length, int[][] labels) {
        double sum = 0;
        for (int i = 1; i < length; i++) {
            for (int j = 0; j < i; j++) {
                sum += 1 - jaccard(labels[list[i]], labels[list[j]]);
            }
        }
        return sum / (length * (length - 1.0) / 2);
    }

    private static double jaccard(int[] left, int[] right) {
        int common = 0;
        for (int i = 0, j = 0; i < left.length && j < right.length; ) {
            if (left[i] == right[j]) {
                common++;
                i++;
                j++;
            } else if (left[i] < right[j]) {
                i++;
            } else {
                j++;
            }
        }
        int either = left.length + right.length - common;
        return either == 0 ? 0 : (double) common / either;
    }
}
