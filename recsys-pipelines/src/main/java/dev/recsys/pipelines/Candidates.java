package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.evaluate.Blend;
import dev.recsys.pipelines.signals.ContentWeighting;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.ImplicitModel;
import dev.recsys.pipelines.signals.ImplicitSettings;
import dev.recsys.pipelines.signals.SessionSeqSettings;
import dev.recsys.pipelines.signals.Similarity;
import dev.recsys.pipelines.signals.Trend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What is tried when a choice is made by evidence: few, declared, and in the order in which ties are decided. */
final class Candidates {
    /** Inverting a matrix of more would take longer than all other candidates together. */
    private static final int MAX_EASE_ITEMS = 4_000;

    private static final List<Integer> HALF_LIFE_DAYS = List.of(30, 7, 1, 3, 14, 90, 365);

    private Candidates() {}

    /**
     * Returns the ways to compute a signal.
     *
     * @param items how many items there are, for what only fits a small catalogue
     */
    static List<Candidate> of(ArtifactType signal, int items) {
        if (signal.equals(ArtifactType.COOC)) {
            return cooc();
        }
        if (signal.equals(ArtifactType.IMPLICIT)) {
            return implicit(items);
        }
        if (signal.equals(ArtifactType.POPULARITY)) {
            return popularity();
        }
        if (signal.equals(ArtifactType.SESSION_SEQ)) {
            return sessionSeq();
        }
        return content();
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
        return List.of(0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0);
    }

    private static List<Candidate> popularity() {
        List<Candidate> all = new ArrayList<>();
        for (int days : HALF_LIFE_DAYS) {
            all.add(new Candidate(
                    "half-life " + days + " d",
                    settings -> settings.popularity = settings.popularity.withHalfLife(Duration.ofDays(days))));
        }
        all.add(new Candidate(
                "trend of the week", settings -> settings.popularity = settings.popularity.withTrend(Trend.WEEKLY)));
        return all;
    }

    private static List<Candidate> content() {
        List<Candidate> all = new ArrayList<>();
        for (ContentWeighting weighting : ContentWeighting.values()) {
            all.add(new Candidate(
                    weighting.name().toLowerCase(Locale.ROOT),
                    settings -> settings.content = settings.content.withWeighting(weighting)));
        }
        return all;
    }

    private static List<Candidate> sessionSeq() {
        List<Candidate> all = new ArrayList<>();
        all.add(sessionSeq(Map.of()));
        all.add(sessionSeq(Map.of("step-decay", 0.5)));
        all.add(sessionSeq(Map.of("step-decay", 1.0)));
        all.add(sessionSeq(Map.of("step-decay", 0.9, "steps", 50.0)));
        all.add(sessionSeq(Map.of("shrinkage", 5.0)));
        return all;
    }

    private static Candidate sessionSeq(Map<String, Double> constants) {
        return new Candidate(words("transitions", constants), settings -> {
            SessionSeqSettings sessionSeq = settings.sessionSeq;
            for (Map.Entry<String, Double> constant : new TreeMap<>(constants).entrySet()) {
                sessionSeq = sessionSeq.with(constant.getKey(), constant.getValue());
            }
            settings.sessionSeq = sessionSeq;
        });
    }

    private static List<Candidate> implicit(int items) {
        List<Candidate> all = new ArrayList<>();
        all.add(implicit("rp3beta", Map.of()));
        all.add(implicit("rp3beta", Map.of("beta", 0.6)));
        all.add(implicit("rp3beta", Map.of("alpha", 0.7, "beta", 0.6)));
        all.add(implicit("llr", Map.of()));
        all.add(implicit("jaccard", Map.of()));
        all.add(implicit("cosine", Map.of()));
        all.add(implicit("bm25-cosine", Map.of()));
        all.add(implicit("conditional", Map.of()));
        if (items <= MAX_EASE_ITEMS) {
            all.add(implicit("ease", Map.of("lambda", 100.0)));
            all.add(implicit("ease", Map.of("lambda", 500.0)));
        }
        return all;
    }

    private static Candidate implicit(String model, Map<String, Double> constants) {
        ImplicitSettings implicit = ImplicitSettings.of(ImplicitModel.named(model));
        for (Map.Entry<String, Double> constant : new TreeMap<>(constants).entrySet()) {
            implicit = implicit.with(constant.getKey(), constant.getValue());
        }
        ImplicitSettings chosen = implicit;
        return new Candidate(words(model, constants), settings -> settings.implicit = chosen);
    }

    private static List<Candidate> cooc() {
        List<Candidate> all = new ArrayList<>();
        for (String similarity :
                List.of("jaccard", "cosine", "llr", "conditional", "rp3beta", "bm25-cosine", "count")) {
            all.add(cooc(similarity, Map.of()));
        }
        all.add(cooc("rp3beta", Map.of("beta", 0.6)));
        for (String similarity : List.of("jaccard", "cosine", "conditional")) {
            all.add(cooc(similarity, Map.of("shrinkage", 20.0)));
        }
        for (String similarity : List.of("jaccard", "llr", "conditional", "rp3beta")) {
            all.add(cooc(similarity, Map.of("pair-half-life-days", 30.0)));
        }
        all.add(cooc("llr", Map.of("pair-half-life-days", 7.0)));
        return all;
    }

    private static Candidate cooc(String similarity, Map<String, Double> constants) {
        return new Candidate(words(similarity, constants), settings -> {
            CoocSettings cooc = CoocSettings.of(Similarity.named(similarity))
                    .withMinSupport(settings.cooc.minSupport())
                    .withNeighbours(settings.cooc.neighbours());
            for (Map.Entry<String, Double> constant : new TreeMap<>(constants).entrySet()) {
                cooc = cooc.with(constant.getKey(), constant.getValue());
            }
            settings.cooc = cooc;
        });
    }

    private static String words(String formula, Map<String, Double> constants) {
        StringBuilder words = new StringBuilder(formula);
        new TreeMap<>(constants)
                .forEach((name, value) ->
                        words.append(' ').append(name).append('=').append(value));
        return words.toString();
    }
}
