package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.events.ReadReport;
import dev.recsys.pipelines.items.ItemReport;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.pipelines.signals.ContentSettings;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.ImplicitSettings;
import dev.recsys.pipelines.signals.PairWeights;
import dev.recsys.pipelines.signals.Similarity;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a build records about itself: counts and settings, nothing personal and nothing that differs from run to run. */
final class Evidence {
    private static final int MAX_RANKING = 120;

    private Evidence() {}

    static Map<String, String> of(BuildSettings settings, EventReader.Result read, Baskets baskets) {
        Events events = read.events();
        Counts counts = new Counts(events.itemCount(), events.userCount(), baskets.count(), events.newest());
        return of(settings, settings.signalsFor(events), read.report(), counts);
    }

    /** What is told of the events. */
    record Counts(long items, long users, long sessions, Optional<Instant> newest) {}

    static Map<String, String> of(BuildSettings settings, Set<ArtifactType> signals, ReadReport report, Counts counts) {
        Map<String, String> evidence = new TreeMap<>();
        counts(evidence, report);
        evidence.put("items", String.valueOf(counts.items()));
        evidence.put("users", String.valueOf(counts.users()));
        evidence.put("sessions", String.valueOf(counts.sessions()));
        evidence.put("session_gap", settings.sessions.gap().toString());
        if (signals.contains(ArtifactType.COOC)) {
            cooc(evidence, settings.cooc);
        }
        if (signals.contains(ArtifactType.IMPLICIT)) {
            implicit(evidence, settings.implicit);
        }
        if (signals.contains(ArtifactType.SESSION_SEQ)) {
            evidence.put("session_seq", settings.sessionSeq.toString());
        }
        if (signals.contains(ArtifactType.CONTENT_SIM)) {
            evidence.put("content_sim", content(settings.content));
        }
        if (signals.contains(ArtifactType.POPULARITY)) {
            settings.popularity.trend().ifPresent(trend -> evidence.put("trend", trend.toString()));
            evidence.put("half_life", settings.popularity.halfLife().toString());
            evidence.put("weights", new TreeMap<>(settings.popularity.weights()).toString());
            settings.popularity.asOf().or(counts::newest).ifPresent(asOf -> evidence.put("as_of", asOf.toString()));
        }
        return evidence;
    }

    /** Records what was chosen, by which figures and why; of many candidates the best, for evidence is short. */
    static void choices(Map<String, String> evidence, List<Choice> choices) {
        for (Choice choice : choices) {
            evidence.put("select." + choice.what(), choice.chosen());
            evidence.put("select." + choice.what() + ".why", choice.why());
            if (!choice.trials().isEmpty()) {
                String ranking = choice.ranking();
                int end = ranking.length() <= MAX_RANKING ? ranking.length() : ranking.lastIndexOf(';', MAX_RANKING);
                evidence.put("select." + choice.what() + ".figures", ranking.substring(0, Math.max(0, end)));
            }
        }
    }

    private static void counts(Map<String, String> evidence, ReadReport report) {
        evidence.put("lines", String.valueOf(report.lines()));
        evidence.put("events", String.valueOf(report.events()));
        evidence.put("duplicates", String.valueOf(report.duplicates()));
        evidence.put("malformed", String.valueOf(report.malformed()));
        evidence.put("set_aside", String.valueOf(report.setAside()));
        evidence.put("other_scope", String.valueOf(report.otherScope()));
        evidence.put("outside_window", String.valueOf(report.outsideWindow()));
        evidence.put("ignored", String.valueOf(report.ignored()));
    }

    private static void cooc(Map<String, String> evidence, CoocSettings cooc) {
        evidence.put("similarity", cooc.similarity().publicName());
        evidence.put("alpha", String.valueOf(cooc.alpha()));
        evidence.put("beta", String.valueOf(cooc.beta()));
        if (cooc.similarity() == Similarity.BM25_COSINE) {
            evidence.put("bm25", cooc.bm25().toString());
        }
        if (!cooc.weights().equals(PairWeights.ALIKE)) {
            evidence.put("pair_weights", cooc.weights().toString());
        }
        evidence.put("min_support", String.valueOf(cooc.minSupport()));
        evidence.put("shrinkage", String.valueOf(cooc.shrinkage()));
        evidence.put("neighbours", String.valueOf(cooc.neighbours()));
    }

    private static void implicit(Map<String, String> evidence, ImplicitSettings implicit) {
        evidence.put("implicit_model", implicit.model().publicName());
        evidence.put("implicit_history", String.valueOf(implicit.historyItems()));
        evidence.put("implicit_neighbours", String.valueOf(implicit.pairs().neighbours()));
        switch (implicit.model()) {
            case EASE -> evidence.put("implicit_constants", implicit.ease().toString());
            case IALS -> evidence.put("implicit_constants", implicit.ials().toString());
            default -> evidence.put("implicit_constants", constants(implicit.pairs()));
        }
    }

    private static String constants(CoocSettings pairs) {
        return "alpha=" + pairs.alpha() + ", beta=" + pairs.beta() + ", " + pairs.bm25() + ", minSupport="
                + pairs.minSupport() + ", shrinkage=" + pairs.shrinkage();
    }

    /** The fields' weights in the order of the fields, whatever order their map has. */
    private static String content(ContentSettings content) {
        return content.weighting().publicName() + ", " + content.bm25() + ", weights="
                + new EnumMap<>(content.fieldWeights()) + ", priceStep=" + content.priceStep() + ", maxPostings="
                + content.maxPostings() + ", neighbours=" + content.neighbours();
    }

    static void items(Map<String, String> evidence, ItemReport report) {
        evidence.put("item_lines", String.valueOf(report.lines()));
        evidence.put("items_known", String.valueOf(report.items()));
        evidence.put("items_malformed", String.valueOf(report.malformed()));
    }
}
