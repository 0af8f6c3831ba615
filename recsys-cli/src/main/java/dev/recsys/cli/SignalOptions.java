package dev.recsys.cli;

import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.signals.ContentSettings;
import dev.recsys.pipelines.signals.ContentWeighting;
import dev.recsys.pipelines.signals.ImplicitModel;
import dev.recsys.pipelines.signals.ImplicitSettings;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the signals beyond popularity and cooc are computed, every constant, and the items. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class SignalOptions {
    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "Of implicit: rp3beta, ease, ials, cosine, bm25-cosine, jaccard, llr, count, conditional (default:"
                            + " rp3beta).")
    private String model = "rp3beta";

    @Option(
            names = "--max-items",
            paramLabel = "N",
            description = "Of ease: the largest catalogue it is tried for; its memory grows with the square (default:"
                    + " 30000).")
    private @Nullable Integer maxItems;

    @Option(
            names = "--content-weighting",
            paramLabel = "NAME",
            description = "Of content_sim: bm25, tfidf (default: bm25).")
    private String contentWeighting = "bm25";

    @Option(
            names = "--set",
            split = ",",
            paramLabel = "SIGNAL.CONSTANT=VALUE",
            description = "Any constant of a signal, such as cooc.step-decay=0.8 or implicit.beta=0.4. Repeatable.")
    private Map<String, Double> constants = Map.of();

    @Mixin
    private ItemOptions items;

    SignalBuild applyTo(SignalBuild start) {
        ImplicitSettings implicit = ImplicitSettings.of(ImplicitModel.named(model));
        implicit = maxItems == null ? implicit : implicit.with("max-items", maxItems);
        SignalBuild build = start.implicit(implicit)
                .content(ContentSettings.DEFAULT.withWeighting(ContentWeighting.named(contentWeighting)));
        for (Map.Entry<String, Double> constant : new TreeMap<>(constants).entrySet()) {
            build = build.set(constant.getKey(), constant.getValue());
        }
        return items.applyTo(build);
    }
}
