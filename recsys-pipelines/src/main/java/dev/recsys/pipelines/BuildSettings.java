package dev.recsys.pipelines;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.events.EventFilter;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.items.ItemFile;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.ContentSettings;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.ImplicitSettings;
import dev.recsys.pipelines.signals.PopularitySettings;
import dev.recsys.pipelines.signals.SessionSeqSettings;
import dev.recsys.pipelines.signals.SessionSettings;
import dev.recsys.pipelines.signals.Similarity;
import dev.recsys.pipelines.spill.SpillSizes;
import dev.recsys.table.TableInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * All settings of a build; what each means is said at {@link SignalBuild}. Once {@link #with} has returned, nobody
 * changes a field any more.
 */
final class BuildSettings {
    /** Every signal, in the order in which they are built. */
    static final List<ArtifactType> ALL_SIGNALS = List.of(
            ArtifactType.POPULARITY,
            ArtifactType.COOC,
            ArtifactType.IMPLICIT,
            ArtifactType.SESSION_SEQ,
            ArtifactType.CONTENT_SIM);

    final Scope scope;
    Optional<EventReader.Source> source = Optional.empty();
    Optional<KeptDays> days = Optional.empty();
    EventFilter filter;
    double maxBad = 0.05;
    boolean everySignal;
    Set<ArtifactType> signals = Set.of(ArtifactType.POPULARITY, ArtifactType.COOC);
    SessionSettings sessions = SessionSettings.DEFAULT;
    PopularitySettings popularity = PopularitySettings.DEFAULT;
    CoocSettings cooc = CoocSettings.of(Similarity.JACCARD);
    ImplicitSettings implicit = ImplicitSettings.DEFAULT;
    SessionSeqSettings sessionSeq = SessionSeqSettings.DEFAULT;
    ContentSettings content = ContentSettings.DEFAULT;
    Optional<ItemFile> items = Optional.empty();
    boolean selects;
    String compatibilityGroup = "default";
    int threads = Runtime.getRuntime().availableProcessors();
    Optional<Path> workFolder = Optional.empty();
    Optional<SpillSizes> spills = Optional.empty();
    long heapBytes = MemoryPlan.roomIn(Runtime.getRuntime().maxMemory()); // what a build may take of the heap
    ProgressListener listener = ProgressListener.NONE;

    /** Days that are kept, and which of them. */
    record KeptDays(DayFolder folder, DayWindow window) {}

    BuildSettings(Scope scope, EventReader.Source source) {
        this.scope = scope;
        this.source = Optional.of(source);
        this.filter = new EventFilter(Optional.of(scope), Optional.empty(), Set.of());
    }

    BuildSettings(KeptDays days) {
        this.scope = days.folder().scope();
        this.days = Optional.of(days);
        this.filter =
                new EventFilter(Optional.of(scope), Optional.of(days.window().span()), Set.of());
    }

    private BuildSettings(BuildSettings other) {
        this.scope = other.scope;
        this.source = other.source;
        this.days = other.days;
        this.filter = other.filter;
        this.maxBad = other.maxBad;
        this.everySignal = other.everySignal;
        this.signals = other.signals;
        this.sessions = other.sessions;
        this.popularity = other.popularity;
        this.cooc = other.cooc;
        this.implicit = other.implicit;
        this.sessionSeq = other.sessionSeq;
        this.content = other.content;
        this.items = other.items;
        this.selects = other.selects;
        this.workFolder = other.workFolder;
        this.spills = other.spills;
        this.heapBytes = other.heapBytes;
        this.compatibilityGroup = other.compatibilityGroup;
        this.threads = other.threads;
        this.listener = other.listener;
    }

    /** Returns a changed copy. */
    BuildSettings with(Consumer<BuildSettings> change) {
        BuildSettings changed = new BuildSettings(this);
        change.accept(changed);
        TableInfo.requireGroup(changed.compatibilityGroup);
        return changed;
    }

    /** Returns whether a signal needs the items. */
    boolean needsItems() {
        return everySignal || signals.contains(ArtifactType.CONTENT_SIM);
    }

    /** Returns whether all that is asked for can be built from events in files. */
    boolean canSpill() {
        return !everySignal
                && !selects
                && !signals.contains(ArtifactType.SESSION_SEQ)
                && (!signals.contains(ArtifactType.IMPLICIT) || implicit.isSimilarity());
    }

    /** Returns the signals to build from events: those that are named, or all for which there is something. */
    Set<ArtifactType> signalsFor(Events events) {
        if (!everySignal) {
            return signals;
        }
        Set<ArtifactType> all = new TreeSet<>(ALL_SIGNALS);
        if (events.userCount() == 0) {
            all.remove(ArtifactType.IMPLICIT);
        }
        if (items.isEmpty()) {
            all.remove(ArtifactType.CONTENT_SIM);
        }
        return all;
    }
}
