package dev.recsys.cli;

import dev.recsys.publish.PreviewVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether a build is looked at before it is shipped, and by what. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class ShipPreviewOptions {
    @Option(
            names = "--preview",
            paramLabel = "PATH",
            description =
                    "Look at the build first: replay the requests of these records, a file or the folder of a log."
                            + " Repeatable.")
    private List<Path> exposures = List.of();

    @Option(names = "--preview-last", paramLabel = "N", description = "Replay the newest N requests (default: 10000).")
    private @Nullable Integer last;

    @Option(
            names = "--controls",
            paramLabel = "DIR",
            description =
                    "The folder of configurations, rules and items' attributes that a preview ranks by. By default"
                            + " the defaults hold, or what the database says.")
    private @Nullable Path controls;

    @Mixin
    private PreviewLimitOptions limits;

    boolean isWanted() {
        if (exposures.isEmpty() && (last != null || controls != null || limits.isSaid())) {
            throw new IllegalArgumentException("--preview is missing; how to look is said, but not at which requests");
        }
        return !exposures.isEmpty();
    }

    Previewed look(PreviewRun run, PublisherOptions publisher) throws IOException {
        Optional<ControlsOption.Opened> opened =
                ControlsOption.open(controls, publisher.database(), publisher.store()::requireOutside);
        try {
            opened.ifPresent(known -> run.controls(known.controls()));
            return run.over(exposures, Optional.ofNullable(last).orElse(PreviewRun.LAST));
        } finally {
            opened.ifPresent(ControlsOption.Opened::close);
        }
    }

    PreviewVerdict verdict(Previewed previewed) {
        return previewed.report().verdict(limits.limits());
    }
}
