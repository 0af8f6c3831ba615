package dev.recsys.pipelines.evaluate;

/**
 * The metrics of one ranking. {@code ranks} are those of the targets that have one, from 1, ascending; {@code targets}
 * counts all, at least 1, also those that training does not know and that are therefore never found; {@code cut} is K, at
 * least 1. Every result is from 0 to 1.
 */
final class RankMetrics {
    private RankMetrics() {}

    /** Recall: {@code hits / targets}. Manning, Raghavan, Schuetze: Introduction to Information Retrieval, 2008, 8.3. */
    static double recall(long[] ranks, int targets, int cut) {
        return (double) hits(ranks, cut) / targets;
    }

    /** Precision: {@code hits / K}, also where there are fewer than K targets. Manning et al. 2008, section 8.4. */
    static double precision(long[] ranks, int cut) {
        return (double) hits(ranks, cut) / cut;
    }

    /** Hit rate: 1 if there is a hit. Deshpande, Karypis: Item-Based Top-N Recommendation, ACM TOIS 22(1), 2004, 6.2. */
    static double hitRate(long[] ranks, int cut) {
        return hits(ranks, cut) > 0 ? 1 : 0;
    }

    /**
     * Average precision, whose mean is MAP: the precision at the rank of every hit, summed, divided by the most hits that K
     * ranks can have. Manning et al. 2008, section 8.4; the cut as in Kaggle's MAP@K, which divides by {@code min(K,
     * targets)}.
     */
    static double averagePrecision(long[] ranks, int targets, int cut) {
        double sum = 0;
        for (int i = 0; i < ranks.length && ranks[i] <= cut; i++) {
            sum += (i + 1.0) / ranks[i];
        }
        return sum / Math.min(cut, targets);
    }

    /** Reciprocal rank: {@code 1 / rank} of the first target, over all items. Voorhees: The TREC-8 QA Track, 1999. */
    static double reciprocalRank(long[] ranks) {
        return ranks.length == 0 ? 0 : 1.0 / ranks[0];
    }

    /**
     * Normalised discounted cumulative gain: {@code sum of 1 / log2(rank + 1)} over the hits, divided by that of the ideal
     * ranking cut at K as well. Jarvelin, Kekalainen: Cumulated Gain-Based Evaluation of IR Techniques, ACM TOIS 20(4),
     * 2002, with gain 1 and logarithm to the base 2.
     */
    static double ndcg(long[] ranks, int targets, int cut) {
        return gain(ranks, cut) / idealGain(Math.min(targets, cut));
    }

    /** As {@link #ndcg}, but the ideal ranking has all targets, also those behind K: never more, less if targets exceed K. */
    static double ndcgFull(long[] ranks, int targets, int cut) {
        return gain(ranks, cut) / idealGain(targets);
    }

    private static int hits(long[] ranks, int cut) {
        int hits = 0;
        while (hits < ranks.length && ranks[hits] <= cut) {
            hits++;
        }
        return hits;
    }

    private static double gain(long[] ranks, int cut) {
        double sum = 0;
        for (int i = 0; i < ranks.length && ranks[i] <= cut; i++) {
            sum += discount(ranks[i]);
        }
        return sum;
    }

    private static double idealGain(int targets) {
        double sum = 0;
        for (int rank = 1; rank <= targets; rank++) {
            sum += discount(rank);
        }
        return sum;
    }

    private static double discount(long rank) {
        return StrictMath.log(2) / StrictMath.log(rank + 1.0);
    }
}
