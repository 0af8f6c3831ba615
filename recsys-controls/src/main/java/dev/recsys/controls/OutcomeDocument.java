package dev.recsys.controls;

import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * What users did as JSON objects on a line, described by {@code docs/schema/outcome-v1.schema.json}: what is written is read
 * back as it was. The keys are those of events, so that builds read such a file as it is.
 */
public final class OutcomeDocument {
    /** The longest line, in characters. */
    public static final int MAX_CHARS = 1 << 20;

    private static final int FORMAT = 1;
    private static final String WHAT = "the outcome";

    private OutcomeDocument() {}

    /**
     * Reads an outcome.
     *
     * @throws InvalidDocumentException if it is no JSON object, of a newer format, has an unknown key or one given twice, or
     *     a value is missing, of another type or out of its range; it names all that is wrong
     */
    public static Outcome read(String json) {
        Problems problems = new Problems(WHAT);
        Fields fields = new Fields("", JsonText.parse(json, MAX_CHARS, problems), problems);
        if (fields.longNumber("format").filter(format -> format > FORMAT).isPresent()) {
            throw problems.fatal(
                    "format", "is newer than " + FORMAT + ", which this version of recsys reads. Upgrade it");
        }
        Optional<Outcome> outcome = read(fields);
        problems.throwIfAny();
        return outcome.orElseThrow(); // it is there if there are no problems
    }

    /** As {@link #read(String)}, from UTF-8. */
    public static Outcome read(byte[] utf8) {
        return read(JsonText.decode(utf8, new Problems(WHAT)));
    }

    /** Returns the canonical JSON of an outcome, on one line without its end. */
    public static String write(Outcome outcome) {
        LineJson json = new LineJson().beginObject();
        json.key("format").number(FORMAT);
        json.key("item").string(outcome.item());
        outcome.requestId().ifPresent(id -> json.key("request_id").string(id));
        json.key("surface").string(outcome.scope().surface());
        json.key("tenant").string(outcome.scope().tenant());
        json.key("ts").string(outcome.at().toString());
        json.key("type").string(outcome.type());
        json.key("user").string(outcome.user());
        outcome.value().ifPresent(value -> json.key("value").number(value));
        return json.endObject().toString();
    }

    private static Optional<Outcome> read(Fields fields) {
        fields.allow("format", "ts", "tenant", "surface", "user", "item", "type", "value", "request_id");
        fields.required("format", fields.longNumber("format"))
                .filter(format -> format != FORMAT)
                .ifPresent(format -> fields.problem("format", "is " + format + "; expected " + FORMAT));
        Optional<Instant> at = fields.required("ts", fields.instant("ts"));
        Optional<Scope> scope = RequestFields.scope(fields);
        Optional<String> user = text(fields, "user");
        Optional<String> item = text(fields, "item");
        Optional<String> type = text(fields, "type");
        Optional<Double> value = fields.number("value");
        Optional<String> requestId = fields.text("request_id").filter(id -> isText(fields, "request_id", id));
        if (fields.problems().count() > 0) {
            return Optional.empty();
        }
        Outcome outcome = new Outcome(
                scope.orElseThrow(), user.orElseThrow(), item.orElseThrow(), type.orElseThrow(), at.orElseThrow());
        outcome = value.map(outcome::withValue).orElse(outcome);
        return Optional.of(requestId.map(outcome::withRequestId).orElse(outcome));
    }

    private static Optional<String> text(Fields fields, String key) {
        return fields.required(key, fields.text(key)).filter(text -> isText(fields, key, text));
    }

    private static boolean isText(Fields fields, String key, String text) {
        if (text.isBlank()) {
            fields.problem(key, "is blank; expected a text");
        }
        return !text.isBlank();
    }
}
