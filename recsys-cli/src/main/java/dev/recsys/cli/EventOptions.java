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
    private static final List<String> DEFAULT_SIGNALS = List.of("popularity", "cooc");
    private static final Instant FAR = Instant.parse("9999-12-31T23:59:59Z");

    @Option(
            names = "--events",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files of events: JSONL, CSV or lists, also gzip.")
    private List<Path> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "jsonl, csv, or lists: a user and items a line, with blanks; by default by the files' names.")
    private @Nullable String format;

    @Option(
            names = "--separator",
            paramLabel = "TEXT",
            description =
                    "Between the fields of csv, such as ; or :: or tab; by default by the files' names, a comma for"
                            + " .csv. With another than a comma there are no quotes.")
    private @Nullable String separator;

    @Option(
            names = "--columns",
            paramLabel = "FIELD=COLUMN,..",
            description =
                    "Where the fields are: event_id, ts, tenant, surface, type, user, session, item, value, segment."
                            + " Numbers count columns from 1, of files without a header."
                            + " Times are ISO-8601 (without an offset: UTC), or seconds or milliseconds since 1970.")
    private @Nullable String columns;

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

    /** Builds from the files that are named. */
    SignalBuild build(Scope scope, ProgressListener progress) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("--events is missing; name the files of events");
        }
        return build(scope, files, progress);
    }

    /** Builds from some files as the options say. */
    SignalBuild build(Scope scope, List<Path> trainFiles, ProgressListener progress) {
        if (select && similarity != null) {
            throw new IllegalArgumentException("--select chooses the similarity; leave out --similarity");
        }
        SignalBuild build = SignalBuild.of(scope, trainFiles)
                .cooc(CoocSettings.of(Similarity.named(similarity == null ? "jaccard" : similarity))
                        .withMinSupport(minSupport))
                .weights(weights)
                .halfLife(halfLife())
                .maxBad(maxBad)
                .compatibilityGroup(compatibilityGroup)
                .listener(progress);
        build = isEverySignal() ? build.everySignal() : build.signals(signalTypes(DEFAULT_SIGNALS));
        build = format == null ? build : build.format(eventFormat(format));
        build = columns == null ? build : build.columns(EventColumns.parse(columns));
        if (from != null || to != null) {
            build = build.window(new Window(from == null ? Instant.EPOCH : from, to == null ? FAR : to));
        }
        build = separator == null ? build : build.separator(separator.equals("tab") ? "\t" : separator);
        build = select ? build.select() : build;
        return threads == null ? build : build.threads(threads);
    }

    boolean hasFiles() {
        return !files.isEmpty();
    }

    boolean hasColumns() {
        return columns != null;
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

    private static EventFormat eventFormat(String name) {
        try {
            return EventFormat.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--format is '" + name + "'; expected jsonl, csv or lists", e);
        }
    }
}
