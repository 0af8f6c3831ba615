package dev.recsys.controls;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.Cap;
import dev.recsys.control.Diversity;
import dev.recsys.control.Exploration;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.SignalWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Configurations as JSON, described by {@code docs/schema/config-v1.schema.json}: what is written is read back as it was.
 * A key that is absent has the value of {@link RankingConfig#DEFAULT}; all are written. The configuration of a variant of an
 * experiment is read over that of the surface, and of it only the keys are written that differ.
 */
public final class RankingConfigDocument {
    /** The longest document, in characters. */
    public static final int MAX_CHARS = 1 << 20;

    private static final String WHAT = "the configuration";
    private static final List<String> KEYS = List.of(
            "k",
            "weights",
            "similar_weights",
            "segment_weights",
            "recency_decay",
            "max_recent_items",
            "popularity_head",
            "caps",
            "diversity",
            "exploration");

    private RankingConfigDocument() {}

    /**
     * Reads a configuration.
     *
     * @throws InvalidDocumentException if it is no JSON object, has an unknown key or one given twice, or a value is of
     *     another type or out of its range; it names all that is wrong
     */
    public static RankingConfig read(String json) {
        Problems problems = new Problems(WHAT);
        Fields fields = new Fields("", JsonText.parse(json, MAX_CHARS, problems), problems);
        RankingConfig config = read(fields);
        problems.throwIfAny();
        return config;
    }

    /** As {@link #read(String)}, from UTF-8. */
    public static RankingConfig read(byte[] utf8) {
        return read(JsonText.decode(utf8, new Problems(WHAT)));
    }

    /** Returns the canonical JSON of a configuration, which is the same for equal ones. */
    public static String write(RankingConfig config) {
        ObjectNode json = keys(config);
        config.experiment()
                .ifPresent(experiment -> ExperimentFields.put(json.putObject("experiment"), experiment, config));
        return CanonicalJson.of(json);
    }

    /** Puts those keys of a configuration that are not as in another one. */
    static void putChanges(ObjectNode json, RankingConfig config, RankingConfig from) {
        ObjectNode before = keys(from);
        keys(config).properties().stream()
                .filter(key -> !key.getValue().equals(before.get(key.getKey())))
                .forEach(key -> json.set(key.getKey(), key.getValue()));
    }

    /** Returns all but the experiment. */
    private static ObjectNode keys(RankingConfig config) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("k", config.k());
        putWeights(json.putObject("weights"), config.weights().everybody());
        putWeights(json.putObject("similar_weights"), config.weights().similar());
        ObjectNode segments = json.putObject("segment_weights");
        config.weights().bySegment().forEach((segment, weights) -> putWeights(segments.putObject(segment), weights));
        json.put("recency_decay", config.recencyDecay());
        json.put("max_recent_items", config.maxRecentItems());
        json.put("popularity_head", config.popularityHead());
        ObjectNode caps = json.putObject("caps");
        config.caps().forEach(cap -> caps.put(cap.attribute().publicName(), cap.most()));
        json.putObject("diversity")
                .put("lambda", config.diversity().lambda())
                .put("pool", config.diversity().pool());
        json.putObject("exploration")
                .put("share", config.exploration().share())
                .put("pool", config.exploration().pool());
        return json;
    }

    /** Returns the version of a configuration: {@code sha256-} and the digest of its canonical JSON. */
    public static String etag(RankingConfig config) {
        return CanonicalJson.version(write(config));
    }

    private static void putWeights(ObjectNode json, Map<ArtifactType, Double> weights) {
        weights.forEach((type, weight) -> json.put(type.name(), weight));
    }

    private static RankingConfig read(Fields fields) {
        List<String> known = new ArrayList<>(KEYS);
        known.add("experiment");
        fields.allow(known.toArray(String[]::new));
        RankingConfig config = over(RankingConfig.DEFAULT, fields);
        return fields.object("experiment")
                .flatMap(experiment -> ExperimentFields.read(experiment, config))
                .map(config::withExperiment)
                .orElse(config);
    }

    /** Reads what is not as in another configuration. */
    static RankingConfig readChanges(Fields fields, RankingConfig from) {
        fields.allow(KEYS.toArray(String[]::new));
        return over(from, fields);
    }

    private static RankingConfig over(RankingConfig base, Fields fields) {
        RankingConfig config = base.withWeights(weights(base.weights(), fields));
        config = fields.with("k", config, fields.whole("k"), RankingConfig::withK);
        config = fields.with("recency_decay", config, fields.number("recency_decay"), RankingConfig::withRecencyDecay);
        config = fields.with(
                "max_recent_items", config, fields.whole("max_recent_items"), RankingConfig::withMaxRecentItems);
        config = fields.with(
                "popularity_head", config, fields.whole("popularity_head"), RankingConfig::withPopularityHead);
        return config.withCaps(
                        fields.object("caps").map(RankingConfigDocument::caps).orElse(base.caps()))
                .withDiversity(fields.object("diversity")
                        .map(given -> diversity(base.diversity(), given))
                        .orElse(base.diversity()))
                .withExploration(fields.object("exploration")
                        .map(given -> exploration(base.exploration(), given))
                        .orElse(base.exploration()));
    }

    private static SignalWeights weights(SignalWeights base, Fields fields) {
        SortedMap<ArtifactType, Double> everybody =
                fields.object("weights").map(RankingConfigDocument::bySignal).orElse(base.everybody());
        SortedMap<ArtifactType, Double> similar = fields.object("similar_weights")
                .map(RankingConfigDocument::bySignal)
                .orElse(base.similar());
        SignalWeights weights = SignalWeights.of(Map.of()).withSimilar(Map.of()); // what is replaced does not count
        weights = fields.with("weights", weights, Optional.of(everybody), SignalWeights::withEverybody);
        weights = fields.with("similar_weights", weights, Optional.of(similar), SignalWeights::withSimilar);
        Optional<Fields> segments = fields.object("segment_weights");
        return segments.isPresent() ? withSegments(weights, segments.get()) : withSegments(weights, base.bySegment());
    }

    private static SignalWeights withSegments(SignalWeights weights, Fields segments) {
        SignalWeights with = weights;
        for (String segment : segments.keys()) {
            Optional<SortedMap<ArtifactType, Double>> own =
                    segments.object(segment).map(RankingConfigDocument::bySignal);
            with = segments.with(segment, with, own, (sofar, given) -> sofar.withSegment(segment, given));
        }
        return with;
    }

    private static SignalWeights withSegments(
            SignalWeights weights, Map<String, SortedMap<ArtifactType, Double>> segments) {
        SignalWeights with = weights;
        for (Map.Entry<String, SortedMap<ArtifactType, Double>> segment : segments.entrySet()) {
            with = with.withSegment(segment.getKey(), segment.getValue());
        }
        return with;
    }

    private static SortedMap<ArtifactType, Double> bySignal(Fields fields) {
        SortedMap<ArtifactType, Double> weights = new TreeMap<>();
        for (String signal : fields.keys()) {
            fields.check(signal, fields.number(signal), weight -> {
                ArtifactType type = new ArtifactType(signal);
                SignalWeights.of(Map.of(type, weight)); // refuses a weight out of its range
                weights.put(type, weight);
            });
        }
        return weights;
    }

    private static List<Cap> caps(Fields fields) {
        fields.allow("brand", "category", "tag");
        List<Cap> caps = new ArrayList<>();
        for (ItemAttribute attribute : List.of(ItemAttribute.BRAND, ItemAttribute.CATEGORY, ItemAttribute.TAG)) {
            String key = attribute.publicName();
            fields.check(key, fields.whole(key), most -> caps.add(new Cap(attribute, most)));
        }
        return caps;
    }

    private static Diversity diversity(Diversity base, Fields fields) {
        fields.allow("lambda", "pool");
        Diversity diversity = fields.with(
                "lambda", base, fields.number("lambda"), (sofar, given) -> new Diversity(given, sofar.pool()));
        return fields.with(
                "pool", diversity, fields.whole("pool"), (sofar, given) -> new Diversity(sofar.lambda(), given));
    }

    private static Exploration exploration(Exploration base, Fields fields) {
        fields.allow("share", "pool");
        Exploration exploration = fields.with(
                "share", base, fields.number("share"), (sofar, given) -> new Exploration(given, sofar.pool()));
        return fields.with(
                "pool", exploration, fields.whole("pool"), (sofar, given) -> new Exploration(sofar.share(), given));
    }
}
