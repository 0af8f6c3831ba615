package dev.recsys.pipelines.signals;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@link SumSettings} as lines {@code name=value}, in the order of the names. */
final class SumSettingsText {
    private static final int FORMAT = 1;
    private static final String WEIGHT = "weight ";

    private final SortedMap<String, String> values;

    private SumSettingsText(SortedMap<String, String> values) {
        this.values = values;
    }

    static String write(SumSettings settings) {
        SortedMap<String, Object> values = new TreeMap<>();
        PopularitySettings popularity = settings.popularity();
        popularity.weights().forEach((type, weight) -> values.put(WEIGHT + type, weight));
        values.put("format", FORMAT);
        values.put("group", settings.compatibilityGroup());
        values.put("half-life", popularity.halfLife());
        popularity.asOf().ifPresent(asOf -> values.put("as-of", asOf));
        values.put("segment-items", popularity.segmentItems());
        CoocSettings cooc = settings.cooc();
        values.put("similarity", cooc.similarity().publicName());
        values.put("alpha", cooc.alpha());
        values.put("beta", cooc.beta());
        values.put("min-support", cooc.minSupport());
        values.put("shrinkage", cooc.shrinkage());
        values.put("neighbours", cooc.neighbours());
        values.put("step-decay", cooc.weights().stepDecay());
        values.put("steps", cooc.weights().maxSteps());
        cooc.weights().halfLife().ifPresent(age -> values.put("pair-half-life", age));
        values.put("session-gap", settings.sessions().gap());
        values.put("session-events", settings.sessions().lastEvents());
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    static SumSettings read(String text) {
        SortedMap<String, String> values = new TreeMap<>();
        text.lines().forEach(line -> {
            int equals = line.startsWith(WEIGHT) ? line.lastIndexOf('=') : line.indexOf('=');
            values.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        });
        try {
            return new SumSettingsText(values).settings();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DamagedException(
                    "The settings of the tables are not what recsys wrote: " + e.getMessage()
                            + ". Fill the whole window again.",
                    e);
        }
    }

    private SumSettings settings() {
        int format = whole("format");
        if (format > FORMAT) {
            throw new NewerFormatException("The settings of the tables are of format " + format
                    + "; this version of recsys reads up to " + FORMAT + ". Upgrade recsys here.");
        }
        PopularitySettings popularity = new PopularitySettings(
                weights(),
                Duration.parse(value("half-life")),
                optional("as-of").map(Instant::parse),
                whole("segment-items"),
                Optional.empty());
        CoocSettings cooc = new CoocSettings(
                Similarity.named(value("similarity")),
                number("alpha"),
                number("beta"),
                Bm25.DEFAULT,
                new PairWeights(
                        number("step-decay"),
                        whole("steps"),
                        optional("pair-half-life").map(Duration::parse)),
                whole("min-support"),
                number("shrinkage"),
                whole("neighbours"));
        SessionSettings sessions = new SessionSettings(Duration.parse(value("session-gap")), whole("session-events"));
        return new SumSettings(popularity, cooc, sessions, value("group"));
    }

    private Map<String, Double> weights() {
        Map<String, Double> weights = new TreeMap<>();
        values.tailMap(WEIGHT).forEach((name, value) -> {
            if (name.startsWith(WEIGHT)) {
                weights.put(name.substring(WEIGHT.length()), Double.valueOf(value));
            }
        });
        return weights;
    }

    private Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private String value(String name) {
        return optional(name).orElseThrow(() -> new IllegalArgumentException("there is no line '" + name + "='"));
    }

    private int whole(String name) {
        return Integer.parseInt(value(name));
    }

    private double number(String name) {
        return Double.parseDouble(value(name));
    }
}
