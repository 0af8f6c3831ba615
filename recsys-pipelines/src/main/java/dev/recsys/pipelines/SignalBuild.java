package dev.recsys.pipelines;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.events.EventColumns;
import dev.recsys.pipelines.events.EventFilter;
import dev.recsys.pipelines.events.EventFormat;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.PopularitySettings;
import dev.recsys.pipelines.signals.Similarity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Builds signals from files of events: the same bytes whatever the order of the events, their split into files and the
 * number of threads.
 *
 * <pre>{@code
 * SignalBuildReport report = SignalBuild.of(new Scope("acme", "home"), List.of(Path.of("events.jsonl.gz")))
 *         .similarity(Similarity.JACCARD)
 *         .into(Path.of("build"));
 * publisher.ship("acme", "home", report.build(), "daily build");
 * }</pre>
 *
 * <p>An event has {@code ts} and {@code item}, and may have {@code event_id, tenant, surface, type, user, session,
 * value, segment}; {@link EventColumns} says where. Times are ISO-8601 with an offset or else in UTC, with a blank for
 * the T or not, or a number of seconds (below 10^11) or milliseconds since 1970. A line that is not as it should be is
 * counted, listed with its file, number and reason, and left out; if too many are, {@link #maxBad}, nothing is built.
 * A negative value is a return or cancellation: set aside and counted, never too many. Events of another tenant or
 * surface are counted and left out. An event id counts once; without ids nothing is taken for a duplicate.
 *
 * <p>Takes about 40 bytes an event, 40 more if events have ids, and 60 an item, user and session. Immutable: every
 * setting returns a new value. One build may run several times, also at once into different folders.
 */
public final class SignalBuild {
    private static final Set<ArtifactType> ALL_SIGNALS = Set.of(ArtifactType.POPULARITY, ArtifactType.COOC);
    private static final int MAX_THREADS = 1_024;

    private final BuildSettings settings;

    private SignalBuild(BuildSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts from the defaults: both signals, Jaccard, format by the files' names, as many threads as processors.
     *
     * @param scope whose build it is; events that name another tenant or surface are left out
     * @param files the files of events, in any order
     * @throws IllegalArgumentException if there is no file, or one is named twice
     */
    public static SignalBuild of(Scope scope, List<Path> files) {
        return new SignalBuild(
                new BuildSettings(scope, new EventReader.Source(files, Optional.empty(), EventColumns.DEFAULT)));
    }

    /** Reads all files in one format, whatever their names. */
    public SignalBuild format(EventFormat format) {
        EventReader.Source source = settings.source;
        return with(changed ->
                changed.source = new EventReader.Source(source.files(), Optional.of(format), source.columns()));
    }

    /** Sets where the fields of an event are. */
    public SignalBuild columns(EventColumns columns) {
        EventReader.Source source = settings.source;
        return with(changed -> changed.source = new EventReader.Source(source.files(), source.format(), columns));
    }

    /** Takes events of every tenant and surface, as an evaluation across scopes may want. */
    public SignalBuild everyScope() {
        EventFilter filter = settings.filter;
        return with(
                changed -> changed.filter = new EventFilter(Optional.empty(), filter.window(), filter.ignoredTypes()));
    }

    /** Takes only events within a window; by default all are taken, and the window is what they span. */
    public SignalBuild window(Window window) {
        EventFilter filter = settings.filter;
        return with(changed ->
                changed.filter = new EventFilter(filter.scope(), Optional.of(window), filter.ignoredTypes()));
    }

    /**
     * Sets which signals are built.
     *
     * @throws IllegalArgumentException if there is none, or one that is not built from events; the message names it
     */
    public SignalBuild signals(Set<ArtifactType> signals) {
        if (signals.isEmpty()) {
            throw new IllegalArgumentException("no signal is named; expected popularity, cooc or both");
        }
        for (ArtifactType signal : new TreeSet<>(signals)) {
            if (!ALL_SIGNALS.contains(signal)) {
                throw new IllegalArgumentException(
                        "signal '" + signal + "' is not built from events; expected popularity or cooc");
            }
        }
        return with(changed -> changed.signals = Set.copyOf(signals));
    }

    /** Sets the similarity of co-visitation, with the settings that its source recommends. */
    public SignalBuild similarity(Similarity similarity) {
        return cooc(CoocSettings.of(similarity));
    }

    /** Sets how co-visitation is computed. */
    public SignalBuild cooc(CoocSettings cooc) {
        return with(changed -> changed.cooc = cooc);
    }

    /** Sets how popularity is computed; event types of weight 0 are left out of all signals. */
    public SignalBuild popularity(PopularitySettings popularity) {
        EventFilter filter = settings.filter;
        return with(changed -> {
            changed.popularity = popularity;
            changed.filter = new EventFilter(filter.scope(), filter.window(), popularity.ignoredTypes());
        });
    }

    /**
     * Sets what some event types count, see {@link PopularitySettings}; the others stay as they are.
     *
     * @throws IllegalArgumentException if a weight is negative, infinite or not a number; the message names the type
     */
    public SignalBuild weights(Map<String, Double> weights) {
        return popularity(settings.popularity.withWeights(weights));
    }

    /** Sets the age at which an event counts half for popularity. */
    public SignalBuild halfLife(Duration halfLife) {
        return popularity(settings.popularity.withHalfLife(halfLife));
    }

    /** Sets the silence that ends a session of a user's events that name no session; 30 minutes by default. */
    public SignalBuild sessionGap(Duration gap) {
        return with(changed -> changed.sessions = settings.sessions.withGap(gap));
    }

    /**
     * Sets the largest share of malformed lines, 0.05 by default.
     *
     * @throws IllegalArgumentException unless it is 0 to 1
     */
    public SignalBuild maxBad(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("maxBad is " + share + "; expected a share from 0 to 1");
        }
        return with(changed -> changed.maxBad = share);
    }

    /**
     * Sets how many threads compute; it changes no byte.
     *
     * @throws IllegalArgumentException unless it is 1 to 1024
     */
    public SignalBuild threads(int threads) {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("threads is " + threads + "; expected 1 to " + MAX_THREADS);
        }
        return with(changed -> changed.threads = threads);
    }

    /** Sets the name of the id space of the items, {@code default} by default; see BuildWriter. */
    public SignalBuild compatibilityGroup(String group) {
        return with(changed -> changed.compatibilityGroup = group);
    }

    /** Sets who hears of progress. */
    public SignalBuild listener(ProgressListener listener) {
        return with(changed -> changed.listener = listener);
    }

    /**
     * Reads the events, computes the signals and writes them as a build. Without events the build's tables are empty;
     * it is whole all the same, and it is for the publisher to refuse it.
     *
     * @param directory is created if it is missing; an earlier build in it is replaced as a whole
     * @throws dev.recsys.pipelines.events.BadEventsException if a file is missing, unreadable or cut off, or too many
     *     lines are malformed; an earlier build is as it was then
     * @throws IllegalArgumentException if a file lacks a column, or its format cannot be told
     * @throws IOException if the folder cannot be written, or holds files that are no build's
     */
    public SignalBuildReport into(Path directory) throws IOException {
        long start = System.nanoTime();
        EventReader.Result read = read();
        Duration readTime = Duration.ofNanos(System.nanoTime() - start);
        return new BuildRun(settings).write(read, readTime, directory);
    }

    /**
     * Evaluates what this build would serve by the protocol {@code basket}: builds from the events before the split
     * into a folder of its own, which is deleted again, and tests on the sessions that begin later. See
     * {@link dev.recsys.pipelines.evaluate.BasketProtocol}.
     *
     * @throws dev.recsys.pipelines.events.BadEventsException as {@link #into}
     * @throws IllegalArgumentException as {@link #into}
     * @throws IOException if the temporary folder cannot be written
     */
    public EvaluationReport evaluateBaskets(Instant split) throws IOException {
        EventReader.Result read = read();
        return new EvaluationRun(settings).run(read, split);
    }

    private EventReader.Result read() {
        return new EventReader(settings.source, settings.filter, settings.maxBad, settings.listener).read();
    }

    private SignalBuild with(Consumer<BuildSettings> change) {
        return new SignalBuild(settings.with(change));
    }
}
