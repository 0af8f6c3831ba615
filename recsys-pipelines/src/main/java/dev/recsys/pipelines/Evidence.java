package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.ReadReport;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.pipelines.signals.CoocSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a build records about itself: counts and settings, nothing personal and nothing that differs from run to run. */
final class Evidence {
    private static final int MAX_RANKING = 250;

    private Evidence() {}

    static Map<String, String> of(BuildSettings settings, EventReader.Result read, Baskets baskets) {
        Map<String, String> evidence = new TreeMap<>();
        counts(evidence, read.report());
        evidence.put("items", String.valueOf(read.events().itemCount()));
        evidence.put("users", String.valueOf(read.events().userCount()));
        evidence.put("sessions", String.valueOf(baskets.count()));
        evidence.put("session_gap", settings.sessions.gap().toString());
        if (settings.signals.contains(ArtifactType.COOC)) {
            cooc(evidence, settings.cooc);
        }
        if (settings.signals.contains(ArtifactType.IMPLICIT)) {
            evidence.put("implicit_model", settings.implicit.model().publicName());
            evidence.put("implicit_settings", settings.implicit.toString());
        }
        if (settings.signals.contains(ArtifactType.POPULARITY)) {
            evidence.put("half_life", settings.popularity.halfLife().toString());
            evidence.put("weights", new TreeMap<>(settings.popularity.weights()).toString());
            settings.popularity
                    .asOf()
                    .or(read.events()::newest)
                    .ifPresent(asOf -> evidence.put("as_of", asOf.toString()));
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
                evidence.put("select." + choice.what() + ".figures", ranking.substring(0, end));
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
        evidence.put("min_support", String.valueOf(cooc.minSupport()));
        evidence.put("shrinkage", String.valueOf(cooc.shrinkage()));
        evidence.put("neighbours", String.valueOf(cooc.neighbours()));
    }
}
