package dev.recsys.cli;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.events.EventColumns;
import dev.recsys.pipelines.events.EventFormat;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.Similarity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events to read, and what to compute from them. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class EventOptions {
    private static final Instant FAR = Instant.parse("9999-12-31T23:59:59Z");

    @Option(
            names = "--events",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files of events: JSONL or CSV, also gzip.")
    private List<Path> files;

    @Option(names = "--format", paramLabel = "FORMAT", description = "jsonl or csv; by default by the files' names.")
    private @Nullable String format;

    @Option(
            names = "--columns",
            paramLabel = "FIELD=COLUMN,..",
            description =
                    "Where the fields are: event_id, ts, tenant, surface, type, user, session, item, value, segment."
                            + " Times are ISO-8601 (without an offset: UTC), or seconds or milliseconds since 1970.")
    private @Nullable String columns;

    @Option(
            names = "--signals",
            split = ",",
            paramLabel = "SIGNAL",
            description = "popularity, cooc, implicit, session_seq, content_sim; or all for which there is something"
                    + " (default: popularity,cooc).")
    private List<String> signals = List.of("popularity", "cooc");

    @Option(
            names = "--similarity",
            paramLabel = "NAME",
            description = "Of cooc: count, cosine, jaccard, llr, conditional, rp3beta, bm25-cosine (default: jaccard).")
    private String similarity = "jaccard";

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
            names = "--max-bad",
            paramLabel = "SHARE",
            description = "The largest share of malformed lines; above, nothing is built (default: 0.05).")
    private double maxBad = 0.05;

    @Option(names = "--from", paramLabel = "INSTANT", description = "Take only events from then on.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "Take only events before then.")
    private @Nullable Instant to;

    @Option(
            names = "--compatibility-group",
            paramLabel = "NAME",
            description = "The id space of the items; artifacts of one manifest share it (default: default).")
    private String compatibilityGroup = "default";

    @Option(names = "--threads", paramLabel = "N", description = "By default one a processor; changes no byte.")
    private @Nullable Integer threads;

    SignalBuild build(Scope scope, ProgressListener progress) {
        SignalBuild build = SignalBuild.of(scope, files)
                .cooc(CoocSettings.of(Similarity.named(similarity)).withMinSupport(minSupport))
                .weights(weights)
                .halfLife(halfLife())
                .maxBad(maxBad)
                .compatibilityGroup(compatibilityGroup)
                .listener(progress);
        build = signals.equals(List.of("all")) ? build.everySignal() : build.signals(signalTypes());
        build = format == null ? build : build.format(eventFormat(format));
        build = columns == null ? build : build.columns(EventColumns.parse(columns));
        if (from != null || to != null) {
            build = build.window(new Window(from == null ? Instant.EPOCH : from, to == null ? FAR : to));
        }
        return threads == null ? build : build.threads(threads);
    }

    private Set<ArtifactType> signalTypes() {
        return signals.stream().map(ArtifactType::new).collect(Collectors.toSet());
    }

    private Duration halfLife() {
        if (!(halfLifeDays > 0 && halfLifeDays <= 36_500)) {
            throw new IllegalArgumentException(
                    "--half-life-days is " + halfLifeDays + "; expected more than 0, at most 36500");
        }
        return Duration.ofMillis((long) (halfLifeDays * 86_400_000));
    }

    private static EventFormat eventFormat(String name) {
        try {
            return EventFormat.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--format is '" + name + "'; expected jsonl or csv", e);
        }
    }
}
