package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.evaluate.Blend;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.ImplicitModel;
import dev.recsys.pipelines.signals.ImplicitSettings;
import dev.recsys.pipelines.signals.Similarity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is tried when a choice is made by evidence: few, declared, and in the order in which ties are decided. */
final class Candidates {
    private static final double SHRINKAGE = 20;
    private static final List<Integer> HALF_LIFE_DAYS = List.of(30, 7, 1, 3, 14, 90, 365);

    private Candidates() {}

    /** Returns the ways to compute a signal; one if there is nothing to choose. */
    static List<Candidate> of(ArtifactType signal) {
        if (signal.equals(ArtifactType.COOC)) {
            return cooc();
        }
        if (signal.equals(ArtifactType.IMPLICIT)) {
            return implicit();
        }
        if (signal.equals(ArtifactType.POPULARITY)) {
            return HALF_LIFE_DAYS.stream()
                    .map(days -> new Candidate(
                            "half-life " + days + " d",
                            settings -> settings.popularity = settings.popularity.withHalfLife(Duration.ofDays(days))))
                    .toList();
        }
        return List.of(new Candidate("as set", settings -> {}));
    }

    /** Returns the ways to count a user's recent items, of a blend that is given. */
    static List<Blend> recencies(Blend blend) {
        return List.of(
                blend.withRecencyDecay(0.8).withMaxRecentItems(50),
                blend.withRecencyDecay(0.95).withMaxRecentItems(200),
                blend.withRecencyDecay(0.98).withMaxRecentItems(500),
                blend.withRecencyDecay(1).withMaxRecentItems(1_000));
    }

    /** Returns what a signal that joins a blend may count, where the first signal counts 1. */
    static List<Double> weights() {
        return List.of(0.1, 0.2, 0.5, 1.0);
    }

    private static List<Candidate> cooc() {
        List<Candidate> all = new ArrayList<>();
        for (Similarity similarity : List.of(
                Similarity.JACCARD,
                Similarity.COSINE,
                Similarity.LLR,
                Similarity.CONDITIONAL,
                Similarity.RP3BETA,
                Similarity.COUNT)) {
            all.add(cooc(similarity.publicName(), CoocSettings.of(similarity)));
        }
        all.add(cooc("rp3beta beta=0.6", CoocSettings.of(Similarity.RP3BETA).withExponents(1, 0.6)));
        all.add(cooc("rp3beta beta=0.8", CoocSettings.of(Similarity.RP3BETA).withExponents(1, 0.8)));
        for (Similarity similarity : List.of(Similarity.JACCARD, Similarity.COSINE, Similarity.CONDITIONAL)) {
            all.add(cooc(
                    similarity.publicName() + " shrinkage=20",
                    CoocSettings.of(similarity).withShrinkage(SHRINKAGE)));
        }
        return all;
    }

    private static List<Candidate> implicit() {
        return List.of(
                implicit("rp3beta", ImplicitSettings.of(ImplicitModel.RP3BETA)),
                implicit(
                        "rp3beta beta=0.6",
                        ImplicitSettings.of(ImplicitModel.RP3BETA).with("beta", 0.6)),
                implicit(
                        "rp3beta beta=0.8",
                        ImplicitSettings.of(ImplicitModel.RP3BETA).with("beta", 0.8)),
                implicit(
                        "rp3beta alpha=0.7 beta=0.6",
                        ImplicitSettings.of(ImplicitModel.RP3BETA)
                                .with("alpha", 0.7)
                                .with("beta", 0.6)),
                implicit("cosine", ImplicitSettings.of(ImplicitModel.COSINE)),
                implicit("jaccard", ImplicitSettings.of(ImplicitModel.JACCARD)),
                implicit("llr", ImplicitSettings.of(ImplicitModel.LLR)),
                implicit("conditional", ImplicitSettings.of(ImplicitModel.CONDITIONAL)));
    }

    private static Candidate implicit(String name, ImplicitSettings implicit) {
        return new Candidate(name, settings -> settings.implicit = implicit);
    }

    private static Candidate cooc(String name, CoocSettings cooc) {
        return new Candidate(
                name,
                settings -> settings.cooc =
                        cooc.withMinSupport(settings.cooc.minSupport()).withNeighbours(settings.cooc.neighbours()));
    }
}
