package dev.recsys.cli;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.Similarity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to compute from events. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class ComputeOptions {
    private static final List<String> DEFAULT_SIGNALS = List.of("popularity", "cooc");

    @Option(
            names = "--signals",
            split = ",",
            paramLabel = "SIGNAL",
            description = "popularity, cooc, implicit, session_seq, content_sim; or all for which there is something"
                    + " (default: popularity,cooc).")
    private @Nullable List<String> signals;

    @Option(
            names = "--similarity",
            paramLabel = "NAME",
            description = "Of cooc: count, cosine, jaccard, llr, conditional, rp3beta, bm25-cosine (default: jaccard).")
    private @Nullable String similarity;

    @Option(
            names = "--select",
            description = "Choose how each signal is computed, on the last fifth of the events that are trained on.")
    private boolean select;

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

    @Option(names = "--threads", paramLabel = "N", description = "By default one a processor; changes no byte.")
    private @Nullable Integer threads;

    /** Sets what is computed. */
    SignalBuild applyTo(SignalBuild start) {
        if (select && similarity != null) {
            throw new IllegalArgumentException("--select chooses the similarity; leave out --similarity");
        }
        SignalBuild build = start.cooc(CoocSettings.of(Similarity.named(similarity == null ? "jaccard" : similarity))
                        .withMinSupport(minSupport))
                .weights(weights)
                .halfLife(halfLife())
                .compatibilityGroup(compatibilityGroup);
        build = isEverySignal() ? build.everySignal() : build.signals(signalTypes(DEFAULT_SIGNALS));
        build = select ? build.select() : build;
        return threads == null ? build : build.threads(threads);
    }

    boolean isSelect() {
        return select;
    }

    /** Returns whether all signals are wanted for which there is something. */
    boolean isEverySignal() {
        return List.of("all").equals(signals);
    }

    /** Returns the signals that are named, or else these. */
    Set<ArtifactType> signalTypes(List<String> others) {
        return (signals == null ? others : signals)
                .stream().map(ArtifactType::new).collect(Collectors.toSet());
    }

    private Duration halfLife() {
        if (!(halfLifeDays > 0 && halfLifeDays <= 36_500)) {
            throw new IllegalArgumentException(
                    "--half-life-days is " + halfLifeDays + "; expected more than 0, at most 36500");
        }
        return Duration.ofMillis((long) (halfLifeDays * 86_400_000));
    }
}
