package dev.recsys.pipelines.signals;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How users' histories are learned from. Every model comes out as scores of pairs of items, so that a new history is
 * scored by adding up rows, without training again.
 */
public enum ImplicitModel {
    /** {@link Similarity#RP3BETA} with users for sessions. */
    RP3BETA(Similarity.RP3BETA),

    /** See {@link EaseSettings}: a matrix that is learned whole; its negative scores are not in the table. */
    EASE,

    /** See {@link IalsSettings}: factors, brought into the form of scores of pairs. */
    IALS,

    /** {@link Similarity#COSINE} with users for sessions. */
    COSINE(Similarity.COSINE),

    /** {@link Similarity#BM25_COSINE} with users for sessions. */
    BM25_COSINE(Similarity.BM25_COSINE),

    /** {@link Similarity#JACCARD} with users for sessions. */
    JACCARD(Similarity.JACCARD),

    /** {@link Similarity#LLR} with users for sessions. */
    LLR(Similarity.LLR),

    /** {@link Similarity#COUNT} with users for sessions. */
    COUNT(Similarity.COUNT),

    /** {@link Similarity#CONDITIONAL} with users for sessions. */
    CONDITIONAL(Similarity.CONDITIONAL);

    private final Optional<Similarity> similarity;

    ImplicitModel() {
        this.similarity = Optional.empty();
    }

    ImplicitModel(Similarity similarity) {
        this.similarity = Optional.of(similarity);
    }

    /** Returns the similarity that the model is; empty if it is none of pairs. */
    Optional<Similarity> similarity() {
        return similarity;
    }

    /** Returns the name that users write, such as {@code rp3beta}. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the model of a name, whatever its case.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static ImplicitModel named(String name) {
        return Arrays.stream(values())
                .filter(model -> model.publicName().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such model; expected one of "
                        + Arrays.stream(values()).map(ImplicitModel::publicName).collect(Collectors.joining(", "))));
    }
}
