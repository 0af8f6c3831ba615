package dev.recsys.cli;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.SignalBuild;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private SumOptions sums;

    @Option(
            names = "--select",
            description = "Choose how each signal is computed, on the last fifth of the events that are trained on.")
    private boolean select;

    @Option(names = "--threads", paramLabel = "N", description = "By default one a processor; changes no byte.")
    private @Nullable Integer threads;

    /** Sets what is computed. */
    SignalBuild applyTo(SignalBuild start) {
        if (select && sums.namesSimilarity()) {
            throw new IllegalArgumentException("--select chooses the similarity; leave out --similarity");
        }
        SignalBuild build = sums.applyTo(start);
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
}
