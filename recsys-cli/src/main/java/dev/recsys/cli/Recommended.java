package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.Degradation;
import dev.recsys.Recommendations;
import dev.recsys.Recommendations.Versions;
import dev.recsys.RecommendedItem;
import java.util.Locale;

/** An answer, for machines and for people. */
final class Recommended {
    private Recommended() {}

    static ObjectNode json(Recommendations answer) {
        ObjectNode json = Json.object(answer.scope())
                .put("release", answer.release())
                .put("epoch", answer.epoch())
                .put("seq", answer.seq());
        json.putObject("versions")
                .put("config", answer.versions().config())
                .put("rules", answer.versions().rules())
                .put("items", answer.versions().items());
        answer.assignment()
                .ifPresent(assignment -> json.putObject("experiment")
                        .put("name", assignment.experiment())
                        .put("variant", assignment.variant()));
        ArrayNode items = json.putArray("items");
        for (RecommendedItem item : answer.items()) {
            ObjectNode node = items.addObject().put("item_id", item.itemId()).put("score", (float) item.score());
            ArrayNode signals = node.putArray("signals");
            item.signals().forEach(signals::add);
            ArrayNode rules = node.putArray("rules");
            item.rules().forEach(rules::add);
            node.put("propensity", item.propensity());
        }
        ArrayNode degradations = json.putArray("degradations");
        for (Degradation degradation : answer.degradations()) {
            degradations.addObject().put("kind", name(degradation)).put("detail", degradation.detail());
        }
        return json;
    }

    /**
     * Returns the list for people.
     *
     * @param isControlled whether somebody configured it
     */
    static String text(Recommendations answer, boolean isControlled) {
        TextTable table = new TextTable("#", "ITEM", "SCORE", "BECAUSE OF");
        int rank = 1;
        for (RecommendedItem item : answer.items()) {
            table.row(rank++, item.itemId(), figure(item.score()), because(item));
        }
        return table + origin(answer, isControlled) + degradations(answer, "Note");
    }

    private static String because(RecommendedItem item) {
        StringBuilder text = new StringBuilder(String.join(" + ", item.signals()));
        if (!item.rules().isEmpty()) {
            text.append(text.isEmpty() ? "" : ", ").append("rule ").append(String.join(" and ", item.rules()));
        }
        if (item.propensity() < 1) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append("drawn with probability ")
                    .append(figure(item.propensity()));
        }
        return text.isEmpty() ? "no signal" : text.toString();
    }

    /** Says what the answer comes from. */
    static String origin(Recommendations answer, boolean isControlled) {
        String release = String.format(
                "Release %d of %s (revision %d/%d).%n", answer.release(), answer.scope(), answer.epoch(), answer.seq());
        if (!isControlled) {
            return release;
        }
        Versions versions = answer.versions();
        String experiment = answer.assignment()
                .map(given -> String.format("Experiment %s, variant %s.%n", given.experiment(), given.variant()))
                .orElse("");
        return release
                + experiment
                + String.format(
                        "Configuration %s%nRules         %s%nItems         %s%n",
                        versions.config(), versions.rules(), versions.items());
    }

    /** Says what was less than it could be, one on a line that begins with a word. */
    static String degradations(Recommendations answer, String word) {
        StringBuilder text = new StringBuilder();
        for (Degradation degradation : answer.degradations()) {
            text.append(String.format("%s: %s - %s%n", word, name(degradation), degradation.detail()));
        }
        return text.toString();
    }

    /** Returns a score or a probability as people read it. */
    static String figure(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String name(Degradation degradation) {
        return degradation.kind().name().toLowerCase(Locale.ROOT);
    }
}
