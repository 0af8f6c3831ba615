package dev.recsys.pipelines.signals;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a feature counts in an item's vector; {@code N} items, {@code n} of which have the feature. */
public enum ContentWeighting {
    /** {@code field weight * ln(1 + N / n)}: Sparck Jones, Journal of Documentation 28(1), 1972, kept above 0. */
    TFIDF,

    /**
     * {@code ln(1 + (N - n + 0.5) / (n + 0.5)) * x (k1 + 1) / (k1 + x)} with {@code x = field weight / (1 - b + b * length /
     * mean length)}, the length of a field being how many features the item has of it: BM25F, so that one of twenty tags
     * counts less than an only one. Robertson, Zaragoza: The Probabilistic Relevance Framework, Foundations and Trends in
     * Information Retrieval 3(4), 2009, sections 3.4 and 3.6.
     */
    BM25;

    /** Returns the name that users write. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the weighting of a name, whatever its case.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static ContentWeighting named(String name) {
        return Arrays.stream(values())
                .filter(weighting -> weighting.publicName().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such weighting; expected one of "
                        + Arrays.stream(values())
                                .map(ContentWeighting::publicName)
                                .collect(Collectors.joining(", "))));
    }
}
