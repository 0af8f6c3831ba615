package dev.recsys.cli;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.evaluate.Blend;
import dev.recsys.pipelines.signals.ImplicitModel;
import dev.recsys.pipelines.signals.ImplicitSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model is evaluated, and the constants of models and of the blend. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class ModelOptions {
    private static final String WEIGHT = "weight.";

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "Measure one model of users' histories as it is in memory, in place of signals: rp3beta, cosine,"
                            + " jaccard, llr, count, conditional, ..")
    private @Nullable String model;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A constant of the model, or of implicit without one; or recency-decay, max-recent-items,"
                    + " weight.SIGNAL of the blend. Repeatable.")
    private Map<String, Double> params = Map.of();

    /** Returns the model that is named, with its constants. */
    Optional<ImplicitSettings> model() {
        return Optional.ofNullable(model)
                .map(name ->
                        settings(ImplicitSettings.of(ImplicitModel.named(name.equals("bm25") ? "bm25-cosine" : name))));
    }

    SignalBuild applyTo(SignalBuild build) {
        return model == null ? build.implicit(settings(ImplicitSettings.DEFAULT)) : build;
    }

    /** Returns the blend, with what is set of it. A weight that is named is the signal's; the others keep theirs. */
    Blend blend() {
        Map<ArtifactType, Double> weights = new HashMap<>(Blend.DEFAULT.weights());
        Blend blend = Blend.DEFAULT;
        for (Map.Entry<String, Double> param : new TreeMap<>(params).entrySet()) {
            String name = param.getKey();
            if (name.startsWith(WEIGHT)) {
                weights.put(signal(name.substring(WEIGHT.length())), param.getValue());
            } else if (name.equals("recency-decay")) {
                blend = blend.withRecencyDecay(param.getValue());
            } else if (name.equals("max-recent-items")) {
                blend = blend.withMaxRecentItems((int) Math.round(param.getValue()));
            }
        }
        return blend.withWeights(weights);
    }

    private static ArtifactType signal(String name) {
        return Blend.DEFAULT.weights().keySet().stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--param " + WEIGHT + name
                        + " names no signal; expected "
                        + new TreeMap<>(Blend.DEFAULT.weights())
                                .keySet().stream().map(type -> WEIGHT + type).collect(Collectors.joining(", "))));
    }

    private ImplicitSettings settings(ImplicitSettings start) {
        ImplicitSettings settings = start;
        for (Map.Entry<String, Double> param : new TreeMap<>(params).entrySet()) {
            if (!isOfBlend(param.getKey())) {
                settings = settings.with(param.getKey(), param.getValue());
            }
        }
        return settings;
    }

    private static boolean isOfBlend(String name) {
        return name.startsWith(WEIGHT) || name.equals("recency-decay") || name.equals("max-recent-items");
    }
}
