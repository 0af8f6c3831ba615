package dev.recsys.controls;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.control.Candidate;
import dev.recsys.control.Exposure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Records of what was shown as JSON objects on a line, described by {@code docs/schema/exposure-v1.schema.json}: what is
 * written is read back as it was, scores bit for bit, so that the list can be made again. It holds what {@link Exposure}
 * holds: treat it as personal data.
 */
public final class ExposureDocument {
    /** The longest line, in characters. */
    public static final int MAX_CHARS = 1 << 26;

    private static final int FORMAT = 1;
    private static final String WHAT = "the exposure";

    private ExposureDocument() {}

    /**
     * Reads a record.
     *
     * @throws InvalidDocumentException if it is no JSON object, of a newer format, has an unknown key or one given twice, or
     *     a value is missing, of another type or out of its range; it names all that is wrong
     */
    public static Exposure read(String json) {
        Problems problems = new Problems(WHAT);
        Fields fields = new Fields("", JsonText.parse(json, MAX_CHARS, problems), problems);
        if (fields.longNumber("format").filter(format -> format > FORMAT).isPresent()) {
            throw problems.fatal(
                    "format", "is newer than " + FORMAT + ", which this version of recsys reads. Upgrade it");
        }
        Optional<Exposure> exposure = read(fields);
        problems.throwIfAny();
        return exposure.orElseThrow(); // it is there if there are no problems
    }

    /** As {@link #read(String)}, from UTF-8. */
    public static Exposure read(byte[] utf8) {
        return read(JsonText.decode(utf8, new Problems(WHAT)));
    }

    /**
     * Returns the canonical JSON of a record, on one line without its end.
     *
     * @throws IllegalArgumentException if a score or propensity is not a finite number
     */
    public static String write(Exposure exposure) {
        LineJson json = new LineJson().beginObject();
        AnswerFields.put(json.key("answer"), exposure.answer());
        json.key("at").string(exposure.at().toString());
        json.key("candidates").beginObject();
        exposure.candidates().forEach((signal, items) -> putCandidates(json.key(signal), items)); // sorted as texts are
        json.endObject();
        json.key("format").number(FORMAT);
        exposure.latencyNanos().ifPresent(nanos -> json.key("latency_nanos").number(nanos));
        json.key("recent_items").strings(exposure.recentItems());
        RequestFields.put(json.key("request"), exposure.request());
        putCandidates(json.key("rescored"), exposure.rescored());
        return json.endObject().toString();
    }

    private static void putCandidates(LineJson json, List<Candidate> candidates) {
        json.beginArray();
        for (Candidate candidate : candidates) {
            json.beginObject();
            json.key("item").string(candidate.itemId());
            json.key("score").number(candidate.score());
            json.endObject();
        }
        json.endArray();
    }

    private static Optional<Exposure> read(Fields fields) {
        fields.allow("format", "at", "request", "recent_items", "candidates", "rescored", "answer", "latency_nanos");
        fields.required("format", fields.longNumber("format"))
                .filter(format -> format != FORMAT)
                .ifPresent(format -> fields.problem("format", "is " + format + "; expected " + FORMAT));
        Optional<Instant> at = fields.required("at", fields.instant("at"));
        Optional<RecommendationRequest> request =
                fields.required("request", fields.object("request")).flatMap(RequestFields::read);
        List<String> recentItems =
                fields.required("recent_items", fields.texts("recent_items")).orElse(List.of());
        SortedMap<String, List<Candidate>> candidates = fields.required("candidates", fields.object("candidates"))
                .map(ExposureDocument::bySignal)
                .orElse(new TreeMap<>());
        fields.required("rescored", Optional.empty());
        List<Candidate> rescored = candidates(fields, "rescored");
        Optional<Recommendations> answer =
                fields.required("answer", fields.object("answer")).flatMap(AnswerFields::read);
        OptionalLong latencyNanos =
                fields.longNumber("latency_nanos").map(OptionalLong::of).orElse(OptionalLong.empty());
        if (at.isEmpty() || request.isEmpty() || answer.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Exposure(at.get(), request.get(), recentItems, candidates, rescored, answer.get(), latencyNanos));
    }

    private static SortedMap<String, List<Candidate>> bySignal(Fields fields) {
        SortedMap<String, List<Candidate>> candidates = new TreeMap<>();
        fields.keys().forEach(signal -> candidates.put(signal, candidates(fields, signal)));
        return candidates;
    }

    private static List<Candidate> candidates(Fields fields, String key) {
        List<Candidate> candidates = new ArrayList<>();
        for (Fields element : fields.objects(key, Integer.MAX_VALUE).orElse(List.of())) {
            element.allow("item", "score");
            Optional<String> item = element.required("item", element.text("item"));
            Optional<Double> score = element.required("score", element.number("score"));
            element.check("item", item, id -> new Candidate(id, 0));
            element.check("score", score, given -> new Candidate("any", given));
            if (item.isPresent() && score.isPresent() && element.problems().count() == 0) {
                candidates.add(new Candidate(item.get(), score.get()));
            }
        }
        return candidates;
    }
}
