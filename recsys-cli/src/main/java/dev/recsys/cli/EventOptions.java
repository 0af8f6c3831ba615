package dev.recsys.cli;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.progress.ProgressListener;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which events to read, and what to compute from them. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class EventOptions {
    private static final Instant FAR = Instant.parse("9999-12-31T23:59:59Z");

    @Mixin
    private ReadOptions read;

    @Mixin
    private ComputeOptions compute;

    @Option(names = "--from", paramLabel = "INSTANT", description = "Take only events from then on.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "Take only events before then.")
    private @Nullable Instant to;

    /** Builds from the files that are named. */
    SignalBuild build(Scope scope, ProgressListener progress) {
        return build(scope, read.files(), progress);
    }

    /** Builds from some files as the options say. */
    SignalBuild build(Scope scope, List<Path> trainFiles, ProgressListener progress) {
        SignalBuild build = compute.applyTo(SignalBuild.of(scope, trainFiles).listener(progress));
        build = read.applyTo(build);
        if (from == null && to == null) {
            return build;
        }
        return build.window(new Window(from == null ? Instant.EPOCH : from, to == null ? FAR : to));
    }

    /** Builds from days that are kept. */
    SignalBuild build(DayFolder days, DayWindow window, ProgressListener progress) {
        if (read.isSaid() || from != null || to != null) {
            throw new IllegalArgumentException("--days are read as they were kept: leave out --events and how they are"
                    + " read, and name days with --window and --until in place of --from and --to");
        }
        return compute.applyTo(SignalBuild.ofDays(days, window).listener(progress));
    }

    boolean hasFiles() {
        return read.hasFiles();
    }

    boolean hasColumns() {
        return read.hasColumns();
    }

    boolean isSelect() {
        return compute.isSelect();
    }

    /** Returns whether all signals are wanted for which there is something. */
    boolean isEverySignal() {
        return compute.isEverySignal();
    }

    /** Returns the signals that are named, or else these. */
    Set<ArtifactType> signalTypes(List<String> others) {
        return compute.signalTypes(others);
    }
}
