package dev.recsys.cli;

import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.Similarity;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How popularity and cooc are computed, in a build as in tables. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class SumOptions {
    @Option(
            names = "--similarity",
            paramLabel = "NAME",
            description = "Of cooc: count, cosine, jaccard, llr, conditional, rp3beta, bm25-cosine (default: jaccard).")
    private @Nullable String similarity;

    @Option(names = "--min-support", paramLabel = "N", description = "Of cooc: the fewest sessions a pair must share.")
    private int minSupport = 1;

    @Option(
            names = "--weight",
            split = ",",
            paramLabel = "TYPE=W",
            description = "Of popularity: what an event type counts; 0 leaves it out of every signal.")
    private Map<String, Double> weights = Map.of();

    @Option(
            names = "--half-life-days",
            paramLabel = "DAYS",
            description = "Of popularity: the age at which an event counts half (default: 30).")
    private double halfLifeDays = 30;

    @Option(
            names = "--compatibility-group",
            paramLabel = "NAME",
            description = "The id space of the items; artifacts of one manifest share it (default: default).")
    private String compatibilityGroup = "default";

    /** Sets how the two are computed. */
    SignalBuild applyTo(SignalBuild build) {
        return build.cooc(CoocSettings.of(Similarity.named(similarity == null ? "jaccard" : similarity))
                        .withMinSupport(minSupport))
                .weights(weights)
                .halfLife(halfLife())
                .compatibilityGroup(compatibilityGroup);
    }

    boolean namesSimilarity() {
        return similarity != null;
    }

    private Duration halfLife() {
        if (!(halfLifeDays > 0 && halfLifeDays <= 36_500)) {
            throw new IllegalArgumentException(
                    "--half-life-days is " + halfLifeDays + "; expected more than 0, at most 36500");
        }
        return Duration.ofMillis((long) (halfLifeDays * 86_400_000));
    }
}
