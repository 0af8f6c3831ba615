package dev.recsys.cli;

import dev.recsys.preview.PreviewLimits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a preview may show for a build to be shipped. */
final class PreviewLimitOptions {
    @Option(
            names = "--min-requests",
            paramLabel = "N",
            description = "The fewest replayed requests that allow a judgement (default: 100).")
    private @Nullable Long minRequests;

    @Option(
            names = "--max-empty-rise",
            paramLabel = "SHARE",
            description = "By how much the share of empty lists may rise, 0 to 1 (default: 0).")
    private @Nullable Double maxEmptyRise;

    @Option(
            names = "--min-overlap",
            paramLabel = "SHARE",
            description = "The least mean overlap with the current lists, 0 to 1 (default: 0.6).")
    private @Nullable Double minOverlap;

    boolean isSaid() {
        return minRequests != null || maxEmptyRise != null || minOverlap != null;
    }

    PreviewLimits limits() {
        PreviewLimits known = PreviewLimits.DEFAULT;
        return new PreviewLimits(
                Optional.ofNullable(minRequests).orElse(known.minRequests()),
                Optional.ofNullable(maxEmptyRise).orElse(known.maxEmptyRise()),
                Optional.ofNullable(minOverlap).orElse(known.minOverlap()));
    }
}
