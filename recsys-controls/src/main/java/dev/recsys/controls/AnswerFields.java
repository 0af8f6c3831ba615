package dev.recsys.controls;

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

    static void put(LineJson json, Recommendations answer) {
        json.beginObject();
        json.key("degradations").beginArray();
        answer.degradations().forEach(degradation -> put(json, degradation));
        json.endArray();
        json.key("epoch").number(answer.epoch());
        answer.assignment().ifPresent(assignment -> put(json.key("experiment"), assignment));
        json.key("items").beginArray();
        answer.items().forEach(item -> put(json, item));
        json.endArray();
        json.key("release").number(answer.release());
        json.key("seq").number(answer.seq());
        json.key("surface").string(answer.scope().surface());
        json.key("tenant").string(answer.scope().tenant());
        json.key("versions").beginObject();
        json.key("config").string(answer.versions().config());
        json.key("items").string(answer.versions().items());
        json.key("rules").string(answer.versions().rules());
        json.endObject().endObject();
    }

    private static void put(LineJson json, Degradation degradation) {
        json.beginObject();
        json.key("detail").string(degradation.detail());
        json.key("kind").string(Fields.publicName(degradation.kind()));
        json.endObject();
    }

    private static void put(LineJson json, Assignment assignment) {
        json.beginObject();
        json.key("name").string(assignment.experiment());
        json.key("variant").string(assignment.variant());
        json.endObject();
    }

    private static void put(LineJson json, RecommendedItem item) {
        json.beginObject();
        json.key("item").string(item.itemId());
        json.key("propensity").number(item.propensity());
        json.key("rules").strings(item.rules());
        json.key("score").number(item.score());
        json.key("signals").strings(item.signals());
        json.endObject();
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
