package dev.recsys.pipelines;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.evaluate.HoldOut;
import dev.recsys.pipelines.evaluate.Protocol;
import dev.recsys.pipelines.events.EventColumns;
import dev.recsys.pipelines.events.EventFilter;
import dev.recsys.pipelines.events.EventFormat;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.items.ItemFile;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.ContentSettings;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.ImplicitSettings;
import dev.recsys.pipelines.signals.PopularitySettings;
import dev.recsys.pipelines.signals.SessionSeqSettings;
import dev.recsys.pipelines.signals.Similarity;
import dev.recsys.pipelines.spill.SpillSizes;
import dev.recsys.pipelines.spill.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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
 * <p>Reading takes about 40 bytes an event, 40 more if events have ids, and 60 an item, user and session; and at most 16 MB for
 * each thread that parses, an eighth of the heap for all of them. What the
 * signals take beside that is told before they are computed ({@link MemoryNeed}). If the heap does not hold it, the build
 * begins again and goes through temporary files ({@link #workFolder}), with the same bytes; where session_seq, EASE, iALS or
 * a selection are asked for it is refused.
 *
 * <p>Immutable: every setting returns a new value. One build may run several times, also at once into different folders.
 */
public final class SignalBuild {
    private static final int MAX_THREADS = 1_024;

    private final BuildSettings settings;

    SignalBuild(BuildSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts from the defaults: popularity and co-visitation, Jaccard, format by the files' names, as many threads as processors.
     *
     * @param scope whose build it is; events that name another tenant or surface are left out
     * @param files the files of events, in any order
     * @throws IllegalArgumentException if there is no file, or one is named twice
     */
    public static SignalBuild of(Scope scope, List<Path> files) {
        return new SignalBuild(
                new BuildSettings(scope, new EventReader.Source(files, Optional.empty(), EventColumns.DEFAULT)));
    }

    /**
     * Starts from days that are kept, with the defaults of {@link #of}: the same bytes as from the raw files of these days.
     * How raw files are read, and another window, cannot be set.
     *
     * @param days whose build it is, and where its days are
     * @param window which days
     */
    public static SignalBuild ofDays(DayFolder days, DayWindow window) {
        return new SignalBuild(new BuildSettings(new BuildSettings.KeptDays(days, window)));
    }

    /** Reads all files in one format, whatever their names. */
    public SignalBuild format(EventFormat format) {
        return source(source ->
                new EventReader.Source(source.files(), Optional.of(format), source.columns(), source.separator()));
    }

    /** Sets what is between the fields of files that are not JSONL, such as {@code ::}; by default the files' names say. */
    public SignalBuild separator(String separator) {
        return source(source ->
                new EventReader.Source(source.files(), source.format(), source.columns(), Optional.of(separator)));
    }

    /** Sets where the fields of an event are. */
    public SignalBuild columns(EventColumns columns) {
        return source(source -> new EventReader.Source(source.files(), source.format(), columns, source.separator()));
    }

    /** Returns where a test comes from that lies in other files of the same form. */
    public EventReader.Source sourceOf(List<Path> files) {
        EventReader.Source source = requireSource(settings);
        return new EventReader.Source(files, source.format(), source.columns(), source.separator());
    }

    /** Takes events of every tenant and surface, as an evaluation across scopes may want. */
    public SignalBuild everyScope() {
        EventFilter filter = settings.filter;
        return with(
                changed -> changed.filter = new EventFilter(Optional.empty(), filter.window(), filter.ignoredTypes()));
    }

    /** Takes only events within a window; by default all are taken, and the window is what they span. */
    public SignalBuild window(Window window) {
        if (settings.days.isPresent()) {
            throw new IllegalArgumentException("the window of a build from days is that of the days");
        }
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
        String known =
                BuildSettings.ALL_SIGNALS.stream().map(ArtifactType::name).collect(Collectors.joining(", "));
        if (signals.isEmpty()) {
            throw new IllegalArgumentException("no signal is named; expected some of " + known);
        }
        for (ArtifactType signal : new TreeSet<>(signals)) {
            if (!BuildSettings.ALL_SIGNALS.contains(signal)) {
                throw new IllegalArgumentException(
                        "signal '" + signal + "' is not built from events; expected some of " + known);
            }
        }
        return with(changed -> {
            changed.everySignal = false;
            changed.signals = Set.copyOf(signals);
        });
    }

    /** Builds every signal for which there is something: implicit if events have users, content_sim if items are given. */
    public SignalBuild everySignal() {
        return with(changed -> changed.everySignal = true);
    }

    /** Sets what is known of items, for content_sim; items that no event has are in that signal as well. */
    public SignalBuild items(ItemFile items) {
        return with(changed -> changed.items = Optional.of(items));
    }

    /** Sets how users' histories are learned from. */
    public SignalBuild implicit(ImplicitSettings implicit) {
        return with(changed -> changed.implicit = implicit);
    }

    /** Sets how transitions within sessions are counted. */
    public SignalBuild sessionSeq(SessionSeqSettings sessionSeq) {
        return with(changed -> changed.sessionSeq = sessionSeq);
    }

    /** Sets how items are compared by what is known of them. */
    public SignalBuild content(ContentSettings content) {
        return with(changed -> changed.content = content);
    }

    /**
     * Sets one constant of a signal by its name, such as {@code cooc.shrinkage} or {@code implicit.beta}: the signal's name, a
     * dot, and the constant's as at {@link CoocSettings#with}, {@link ImplicitSettings#with}, {@link
     * SessionSeqSettings#with}, {@link ContentSettings#with} and {@link PopularitySettings#with}.
     *
     * @throws IllegalArgumentException if there is no such constant, or the value is out of its range
     */
    public SignalBuild set(String name, double value) {
        int dot = name.indexOf('.');
        String constant = name.substring(dot + 1);
        return switch (dot < 0 ? "" : name.substring(0, dot)) {
            case "popularity" -> popularity(settings.popularity.with(constant, value));
            case "cooc" -> cooc(settings.cooc.with(constant, value));
            case "implicit" -> implicit(settings.implicit.with(constant, value));
            case "session_seq" -> sessionSeq(settings.sessionSeq.with(constant, value));
            case "content_sim" -> content(settings.content.with(constant, value));
            default ->
                throw new IllegalArgumentException("'" + name
                        + "' names no constant of a signal; expected one such as cooc.shrinkage or implicit.beta");
        };
    }

    /** Sets what a build may take of the heap, for tests. */
    SignalBuild heapBytes(long bytes) {
        return with(changed -> changed.heapBytes = bytes);
    }

    /** Builds through files, cut so, whatever the heap holds, for tests. */
    SignalBuild spills(SpillSizes sizes) {
        return with(changed -> changed.spills = Optional.of(sizes));
    }

    /**
     * Sets where temporary files lie if memory does not hold the build; by default beside the folder that it is written into.
     * They vanish with the build, whatever becomes of it. The folder must be there: a name that is misspelt would fill
     * another disk.
     */
    public SignalBuild workFolder(Path folder) {
        return with(changed -> changed.workFolder = Optional.of(folder));
    }

    /** Sets the similarity of co-visitation, with the settings that its source recommends. */
    public SignalBuild similarity(Similarity similarity) {
        return cooc(CoocSettings.of(similarity));
    }

    /** Sets how co-visitation is computed. */
    public SignalBuild cooc(CoocSettings cooc) {
        return with(changed -> changed.cooc = cooc);
    }

    /**
     * Lets the build choose how each signal is computed, instead of what was set: a declared set of candidates is tried on
     * the last fifth of the events by time, each signal by what it is for, and the choice and its figures are recorded in the
     * build's evidence. What depends on no choice stays as it was set.
     */
    public SignalBuild select() {
        return with(changed -> changed.selects = true);
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
     * Sets how many threads parse files of events and compute; it changes no byte.
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
     * @throws dev.recsys.pipelines.events.BadEventsException if a file is missing, a pipe, unreadable or cut off, or
     *     too many lines are malformed; an earlier build is as it was then
     * @throws dev.recsys.pipelines.items.BadItemsException if the file of items is missing or unreadable, or too many of
     *     its lines are malformed
     * @throws IllegalArgumentException if a file lacks a column, its format cannot be told, content_sim has no items, EASE
     *     has too many, the work folder is no folder in which files can be made or has no room for them, or the heap
     *     does not hold what stays in memory; an earlier build is as it was then
     * @throws dev.recsys.DamagedException if a kept day is damaged; an earlier build is as it was then
     * @throws IOException if the folder cannot be written, or holds files that are no build's; or a kept day cannot be
     *     read; or temporary files cannot be written, as where the disk is full, or this thread is interrupted. Then an
     *     earlier build may be gone, and another attempt may be made
     */
    public SignalBuildReport into(Path directory) throws IOException {
        long start = System.nanoTime();
        requireItems();
        MemoryNeed.requireRoom(settings.heapBytes);
        settings.workFolder.ifPresent(WorkFolder::requireUsable);
        BuildRun run = new BuildRun(settings);
        Optional<ItemFile.Result> items = run.readItems();
        if (!settings.canSpill()) {
            EventReader.Result read = run.read(input());
            return run.write(read, items, Duration.ofNanos(System.nanoTime() - start), directory);
        }
        if (settings.spills.isEmpty()) {
            Optional<SignalBuildReport> inMemory = run.inMemory(input(), items, directory);
            if (inMemory.isPresent()) {
                return inMemory.get();
            }
        }
        try (SpilledRun spilled = new SpilledRun(settings, directory)) {
            return spilled.write(input(), items, directory);
        }
    }

    /**
     * Evaluates what this build would serve: builds from the events of training into a folder of its own, which is deleted
     * again, and asks what the plan's protocol asks. With a test that somebody else split off, this build's files are the
     * training.
     *
     * @throws dev.recsys.pipelines.events.BadEventsException as {@link #into}
     * @throws IllegalArgumentException as {@link #into}, or if the plan lacks a split or has one too many
     * @throws IOException if the temporary folder cannot be written
     */
    public EvaluationReport evaluate(EvaluationPlan plan) throws IOException {
        requireFitting(plan);
        requireItems();
        List<EventReader.Result> read =
                plan.test().isPresent() ? reader().readWith(plan.test().get()) : List.of(read());
        HoldOut holdOut = holdOut(plan, read);
        List<ItemAttributes> items =
                settings.items.map(file -> file.read().items()).orElse(List.of());
        Chosen chosen = plan.selects()
                ? new Selection(settings, items).forProtocol(holdOut, plan.figure(), plan.blend())
                : new Chosen(settings, plan.blend(), List.of());
        return new EvaluationReport(
                plan.protocol(),
                holdOut.split(),
                holdOut.train().size(),
                holdOut.train().userCount(),
                new EvaluationRun(plan, items).run(holdOut, chosen),
                chosen.choices(),
                read.get(0).report());
    }

    /** Returns all settings, for what else is made of them. */
    BuildSettings settings() {
        return settings;
    }

    private void requireItems() {
        if (!settings.everySignal && settings.needsItems() && settings.items.isEmpty()) {
            throw new IllegalArgumentException(
                    "content_sim compares items by what is known of them; name the file of items, or leave it out");
        }
    }

    private static void requireFitting(EvaluationPlan plan) {
        Protocol protocol = plan.protocol();
        if (protocol.isTemporal() != plan.split().isPresent()) {
            throw new IllegalArgumentException("the protocol " + protocol.publicName()
                    + (protocol.isTemporal()
                            ? " needs a split, an instant or a share such as 80%"
                            : " takes no split"));
        }
        if ((protocol == Protocol.RANKING) != plan.test().isPresent()) {
            throw new IllegalArgumentException("the protocol " + protocol.publicName()
                    + (protocol == Protocol.RANKING ? " needs files of a test" : " takes no files of a test"));
        }
        if (plan.selects() && plan.model().isPresent()) {
            throw new IllegalArgumentException("a model is fixed; there is nothing to select");
        }
    }

    private HoldOut holdOut(EvaluationPlan plan, List<EventReader.Result> read) {
        Events events = read.get(0).events();
        return switch (plan.protocol()) {
            case LEAVE_LAST_OUT -> HoldOut.lastItems(events);
            case RANKING -> HoldOut.given(events, read.get(1).events());
            default -> HoldOut.at(plan.split().orElseThrow(), plan.protocol(), events, settings.sessions);
        };
    }

    EventReader.Result read() throws IOException {
        if (settings.days.isEmpty()) {
            return reader().read();
        }
        BuildSettings.KeptDays days = settings.days.get();
        return days.folder().read(days.window(), settings.filter.ignoredTypes(), settings.listener);
    }

    private EventInput input() {
        if (settings.days.isEmpty()) {
            return new EventInput.OfFiles(reader());
        }
        BuildSettings.KeptDays days = settings.days.get();
        return new EventInput.OfDays(days.folder(), days.window(), settings.filter.ignoredTypes());
    }

    private EventReader reader() {
        return new EventReader(requireSource(settings), settings.filter, settings.maxBad, settings.listener)
                .threads(settings.threads);
    }

    private SignalBuild source(UnaryOperator<EventReader.Source> change) {
        return with(changed -> changed.source = Optional.of(change.apply(requireSource(changed))));
    }

    private static EventReader.Source requireSource(BuildSettings settings) {
        return settings.source.orElseThrow(() -> new IllegalArgumentException(
                "a build from days reads no files of events; how they are read was said when the days were written"));
    }

    private SignalBuild with(Consumer<BuildSettings> change) {
        return new SignalBuild(settings.with(change));
    }
}
