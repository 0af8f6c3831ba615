package dev.recsys.pipelines.signals;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How alike two items are, from the sessions that have them. With {@code N} sessions, {@code n_i} with item i, and
 * {@code c} with both i and j, the score of j in the row of i is as said at each; before shrinkage, see
 * {@link CoocSettings}. With {@link PairWeights} sessions count with their weights by age, and c is the sum of the pair's
 * weights.
 */
public enum Similarity {
    /** {@code c}: the number of sessions with both. */
    COUNT,

    /**
     * {@code c / sqrt(n_i * n_j)}: the cosine of the items' columns of sessions. Linden, Smith, York: Amazon.com
     * Recommendations, IEEE Internet Computing 7(1), 2003; Sarwar et al. 2001, section 3.1.1.
     */
    COSINE,

    /** {@code c / (n_i + n_j - c)}: the share of the sessions with either that have both. Jaccard 1901. */
    JACCARD,

    /**
     * {@code 2 * sum k * ln(k * N / (row * column))} over the four cells k of the table of i against j: the
     * log-likelihood ratio. Dunning: Accurate Methods for the Statistics of Surprise and Coincidence, Computational
     * Linguistics 19(1), 1993. Departure: pairs that meet no more often than chance would have them, {@code c * N <=
     * n_i * n_j}, are left out, for their ratio says that they avoid each other.
     */
    LLR,

    /**
     * {@code c / (n_i * n_j^alpha)}: the conditional probability of j given i, damped by how frequent j is. Deshpande,
     * Karypis: Item-Based Top-N Recommendation Algorithms, ACM TOIS 22(1), 2004, section 4.1.2, equation 4; alpha is
     * 0.5 unless set.
     */
    CONDITIONAL,

    /**
     * {@code sum over the sessions with both of 1 / (n_i * length^alpha) / n_j^beta}, then divided by the row's sum
     * over the neighbours that are kept: walks of three steps with the popular items damped. Paudel, Christoffel,
     * Newell, Bernstein: Updatable, Accurate, Diverse, and Scalable Recommendations for Interactive Applications, ACM
     * TiiS 7(1), 2017, section 4.2; alpha is 1 and beta 0.3 unless set. Departures: alpha damps the second step alone,
     * for the first is the same for a whole row; a session's share of a walk is rounded to 2^-32, so that sums do not
     * depend on their order.
     */
    RP3BETA,

    /**
     * The cosine of the items' vectors over sessions s whose parts are BM25's {@code x (k1 + 1) / (k1 (1 - b + b n_i /
     * n) + x) * (ln I - ln(1 + length))}: x how many events of s are about the item, {@code n_i} about the item in all
     * sessions, n their mean over the I items, and the length of s its number of different items. Robertson, Zaragoza:
     * The Probabilistic Relevance Framework, Foundations and Trends in Information Retrieval 3(4), 2009, section 3.4,
     * with items for documents and sessions for terms, as the library <i>implicit</i> has it. Where each item occurs
     * once a session, k1 and b divide out, and what is left is that long sessions count little.
     */
    BM25_COSINE;

    /** Returns the name that users write, such as {@code jaccard}. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the similarity of a name, whatever its case.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static Similarity named(String name) {
        return Arrays.stream(values())
                .filter(similarity -> similarity.publicName().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such similarity; expected one of "
                        + Arrays.stream(values()).map(Similarity::publicName).collect(Collectors.joining(", "))));
    }
}
