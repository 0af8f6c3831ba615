package dev.recsys.pipelines.evaluate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is measured. {@link RankMetrics} and {@link ListMetrics} have each formula and its source; the text here is what
 * reports print beside the figures.
 */
public enum Metric {
    /** {@link RankMetrics#recall}. */
    RECALL("targets among the first K / targets; 0 to 1"),

    /** {@link RankMetrics#precision}. */
    PRECISION("targets among the first K / K; 0 to 1"),

    /** {@link RankMetrics#hitRate}. */
    HIT_RATE("1 if a target is among the first K, else 0; 0 to 1"),

    /** {@link RankMetrics#averagePrecision}. */
    MAP("sum over targets among the first K of (targets so far / rank), divided by min(K, targets); 0 to 1"),

    /** {@link RankMetrics#reciprocalRank}; not cut. */
    MRR("1 / rank of the first target, over all items; 0 to 1"),

    /** {@link RankMetrics#ndcg}. */
    NDCG("sum of 1 / log2(rank + 1) over targets among the first K, divided by that of min(K, targets) first ranks;"
            + " 0 to 1"),

    /** {@link RankMetrics#ndcgFull}; below {@link #NDCG} where there are more targets than K. */
    NDCG_FULL(
            "sum of 1 / log2(rank + 1) over targets among the first K, divided by that of as many first ranks as there"
                    + " are targets, which K does not cut; 0 to 1"),

    /** {@link ListMetrics#coverage}. */
    COVERAGE("different items in lists of K / items; 0 to 1"),

    /** {@link ListMetrics#gini}. */
    GINI("Gini coefficient of how often each item is in a list of K; 0: all alike, towards 1: few have all"),

    /** {@link ListMetrics#novelty}. */
    NOVELTY("mean over a list of K of log2(users / users who had the item); 0 upwards, in bits"),

    /** {@link ListMetrics#diversity}. */
    DIVERSITY("mean over pairs of a list of K of 1 - Jaccard of their tags and categories; 0 to 1");

    private final String definition;

    Metric(String definition) {
        this.definition = definition;
    }

    /** Returns the name that people write, such as {@code hit_rate}. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the formula in one line, and its range. */
    public String definition() {
        return definition;
    }

    /** Returns the name of the figure at a cut, such as {@code recall@20}; what is not cut has its bare name. */
    public String at(int cut) {
        return this == MRR ? publicName() : publicName() + "@" + cut;
    }

    /** Returns the metric of a figure's name, such as {@code recall@20}; empty if there is none. */
    public static Optional<Metric> ofFigure(String figure) {
        String name = figure.replaceFirst("@.*", "");
        return Arrays.stream(values())
                .filter(metric -> metric.publicName().equals(name))
                .findFirst();
    }
}
