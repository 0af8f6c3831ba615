package dev.recsys.controls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.Assignment;
import dev.recsys.Degradation;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import java.util.List;
import java.util.Optional;

/** An answer as a JSON object. */
final class AnswerFields {
    private AnswerFields() {}

    static void put(ObjectNode json, Recommendations answer) {
        json.put("tenant", answer.scope().tenant());
        json.put("surface", answer.scope().surface());
        json.put("release", answer.release());
        json.put("epoch", answer.epoch());
        json.put("seq", answer.seq());
        json.putObject("versions")
                .put("config", answer.versions().config())
                .put("rules", answer.versions().rules())
                .put("items", answer.versions().items());
        answer.assignment()
                .ifPresent(assignment -> json.putObject("experiment")
                        .put("name", assignment.experiment())
                        .put("variant", assignment.variant()));
        ArrayNode items = json.putArray("items");
        answer.items().forEach(item -> putItem(items.addObject(), item));
        ArrayNode degradations = json.putArray("degradations");
        answer.degradations()
                .forEach(degradation -> degradations
                        .addObject()
                        .put("kind", Fields.publicName(degradation.kind()))
                        .put("detail", degradation.detail()));
    }

    private static void putItem(ObjectNode json, RecommendedItem item) {
        json.put("item", item.itemId());
        json.put("score", item.score());
        RequestFields.putAll(json, "signals", item.signals());
        RequestFields.putAll(json, "rules", item.rules());
        json.put("propensity", item.propensity());
    }

    /** Returns the answer, or adds problems. */
    static Optional<Recommendations> read(Fields fields) {
        fields.allow("tenant", "surface", "release", "epoch", "seq", "versions", "experiment", "items", "degradations");
        Optional<Scope> scope = RequestFields.scope(fields);
        long release = number(fields, "release");
        long epoch = number(fields, "epoch");
        long seq = number(fields, "seq");
        Optional<Recommendations.Versions> versions =
                fields.required("versions", fields.object("versions")).map(AnswerFields::versions);
        Optional<Assignment> assignment = fields.object("experiment").flatMap(AnswerFields::assignment);
        List<RecommendedItem> items =
                fields.required("items", fields.objects("items", Integer.MAX_VALUE)).orElse(List.of()).stream()
                        .map(AnswerFields::item)
                        .toList();
        List<Degradation> degradations =
                fields
                        .required("degradations", fields.objects("degradations", Integer.MAX_VALUE))
                        .orElse(List.of())
                        .stream()
                        .map(AnswerFields::degradation)
                        .flatMap(Optional::stream)
                        .toList();
        return scope.flatMap(known -> versions.map(
                given -> new Recommendations(known, release, epoch, seq, given, assignment, items, degradations)));
    }

    private static long number(Fields fields, String key) {
        return fields.required(key, fields.longNumber(key)).orElse(0L);
    }

    private static String text(Fields fields, String key) {
        return fields.required(key, fields.text(key)).orElse("");
    }

    private static Recommendations.Versions versions(Fields fields) {
        fields.allow("config", "rules", "items");
        return new Recommendations.Versions(text(fields, "config"), text(fields, "rules"), text(fields, "items"));
    }

    private static Optional<Assignment> assignment(Fields fields) {
        fields.allow("name", "variant");
        Optional<String> name = fields.required("name", fields.text("name"));
        Optional<String> variant = fields.required("variant", fields.text("variant"));
        fields.check("name", name, given -> new Assignment(given, "any"));
        fields.check("variant", variant, given -> new Assignment("any", given));
        return fields.problems().count() == 0 && name.isPresent() && variant.isPresent()
                ? Optional.of(new Assignment(name.get(), variant.get()))
                : Optional.empty();
    }

    private static RecommendedItem item(Fields fields) {
        fields.allow("item", "score", "signals", "rules", "propensity");
        return new RecommendedItem(
                text(fields, "item"),
                fields.required("score", fields.number("score")).orElse(0.0),
                fields.required("signals", fields.texts("signals")).orElse(List.of()),
                fields.required("rules", fields.texts("rules")).orElse(List.of()),
                fields.required("propensity", fields.number("propensity")).orElse(1.0));
    }

    private static Optional<Degradation> degradation(Fields fields) {
        fields.allow("kind", "detail");
        String detail = text(fields, "detail");
        return fields.required("kind", fields.constant("kind", Degradation.Kind.class))
                .map(kind -> new Degradation(kind, detail));
    }
}
