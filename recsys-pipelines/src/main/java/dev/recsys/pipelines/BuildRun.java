package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.events.EventsBuilder;
import dev.recsys.pipelines.events.ReadingLimit;
import dev.recsys.pipelines.items.ItemFile;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.pipelines.signals.ContentSignal;
import dev.recsys.pipelines.signals.CoocSignal;
import dev.recsys.pipelines.signals.ImplicitSignal;
import dev.recsys.pipelines.signals.PopularitySignal;
import dev.recsys.pipelines.signals.SessionSeqSignal;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.table.RowKeys;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Computes the signals of events and writes them into a folder. */
final class BuildRun {
    private static final int MAX_PACKED_ITEMS = 1 << 24;

    private final BuildSettings settings;

    BuildRun(BuildSettings settings) {
        this.settings = settings;
    }

    /** Reads the items, if a signal needs them. */
    Optional<ItemFile.Result> readItems() {
        return settings.needsItems() ? settings.items.map(ItemFile::read) : Optional.empty();
    }

    /** What a build is made of. */
    private record Input(
            EventReader.Result read, Baskets baskets, Optional<ItemFile.Result> items, List<Choice> choices) {
        List<ItemAttributes> attributes() {
            return items.map(ItemFile.Result::items).orElse(List.of());
        }
    }

    /** Chooses how signals are computed if that is wanted, and writes the build. */
    SignalBuildReport write(EventReader.Result read, Optional<ItemFile.Result> items, Duration readTime, Path directory)
            throws IOException {
        long start = System.nanoTime();
        Events events = read.events();
        if (settings.selects) {
            List<ItemAttributes> attributes = items.map(ItemFile.Result::items).orElse(List.of());
            Chosen chosen = new Selection(settings, attributes).forBuild(events);
            Baskets baskets = Baskets.of(events, chosen.settings().sessions);
            return new BuildRun(chosen.settings())
                    .write(new Input(read, baskets, items, chosen.choices()), readTime, start, directory);
        }
        Baskets baskets = Baskets.of(events, settings.sessions);
        return write(new Input(read, baskets, items, List.of()), readTime, start, directory);
    }

    /** Reads the events and writes the build if memory holds it; empty, and nothing is written, if not. */
    Optional<SignalBuildReport> inMemory(EventInput input, Optional<ItemFile.Result> items, Path directory)
            throws IOException {
        long start = System.nanoTime();
        Optional<EventReader.Result> read = readWithin(input);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        long readAt = System.nanoTime();
        Events events = read.get().events();
        Baskets baskets = Baskets.of(events, settings.sessions);
        Input all = new Input(read.get(), baskets, items, List.of());
        MemoryNeed need = MemoryPlan.of(settings, settings.signals, events, baskets, all.attributes());
        return need.peakBytes() > settings.heapBytes
                ? Optional.empty()
                : Optional.of(write(all, Duration.ofNanos(readAt - start), readAt, directory));
    }

    /**
     * Reads the events of a build that needs all of them in memory.
     *
     * @throws IllegalArgumentException if the heap does not hold them
     */
    EventReader.Result read(EventInput input) throws IOException {
        return readWithin(input).orElseThrow(() -> MemoryNeed.ofEvents(settings.heapBytes));
    }

    /** Reads the events if memory holds them; ids of users and sessions are let go when this returns. */
    private Optional<EventReader.Result> readWithin(EventInput input) throws IOException {
        EventsBuilder builder = new EventsBuilder();
        return ReadingLimit.within(
                builder,
                MemoryPlan.readingLimit(settings.heapBytes),
                settings.listener,
                limited -> input.read(builder, limited));
    }

    private SignalBuildReport write(Input input, Duration readTime, long start, Path directory) throws IOException {
        Events events = input.read().events();
        Baskets baskets = input.baskets();
        MemoryNeed memory = requireMemory(events, baskets, input.attributes());
        Map<String, String> evidence = Evidence.of(settings, input.read(), baskets);
        Evidence.choices(evidence, input.choices());
        input.items().ifPresent(result -> Evidence.items(evidence, result.report()));
        Build build = write(events, baskets, input.attributes(), evidence, directory);
        return new SignalBuildReport(
                build,
                input.read().report(),
                input.items().map(ItemFile.Result::report),
                events.userCount(),
                baskets.count(),
                events.itemCount(),
                memory,
                0,
                input.choices(),
                readTime,
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** States the memory before anything is computed, and refuses what the heap does not hold. */
    MemoryNeed requireMemory(Events events, Baskets baskets, List<ItemAttributes> items) {
        MemoryNeed need = MemoryPlan.of(settings, settings.signalsFor(events), events, baskets, items);
        settings.listener.memory(need.peakBytes(), settings.heapBytes);
        need.requireWithin(settings.heapBytes);
        return need;
    }

    Build write(
            Events events, Baskets baskets, List<ItemAttributes> items, Map<String, String> evidence, Path directory)
            throws IOException {
        Set<ArtifactType> signals = settings.signalsFor(events);
        try (BuildWriter writer = BuildWriter.into(directory, settings.scope, settings.compatibilityGroup)) {
            for (ArtifactType signal : BuildSettings.ALL_SIGNALS) {
                if (signals.contains(signal)) {
                    write(signal, events, baskets, items, writer);
                }
            }
            Window window = window(settings, events.oldest(), events.newest());
            return writer.finish(window, events.newest().orElse(window.from()), evidence);
        }
    }

    private void write(
            ArtifactType signal, Events events, Baskets baskets, List<ItemAttributes> items, BuildWriter writer)
            throws IOException {
        int itemCount = signal.equals(ArtifactType.CONTENT_SIM) ? items.size() : events.itemCount();
        try (TableWriter table = table(writer, signal, itemCount)) {
            write(signal, events, baskets, items, table);
            table.finish();
        }
    }

    /** Starts the table of a signal in the form that it has. */
    static TableWriter table(BuildWriter writer, ArtifactType signal, int itemCount) throws IOException {
        boolean popularity = signal.equals(ArtifactType.POPULARITY);
        TableForm form = popularity || itemCount > MAX_PACKED_ITEMS ? TableForm.EXACT : TableForm.PACKED;
        return writer.table(signal, form, popularity ? RowKeys.LABELS : RowKeys.ITEMS);
    }

    private void write(
            ArtifactType signal, Events events, Baskets baskets, List<ItemAttributes> items, TableWriter table)
            throws IOException {
        int threads = settings.threads;
        if (signal.equals(ArtifactType.POPULARITY)) {
            new PopularitySignal(settings.popularity, settings.listener).write(events, table);
        } else if (signal.equals(ArtifactType.COOC)) {
            new CoocSignal(settings.cooc, threads, settings.listener).write(events, baskets, table);
        } else if (signal.equals(ArtifactType.IMPLICIT)) {
            new ImplicitSignal(settings.implicit, threads, settings.listener).write(events, table);
        } else if (signal.equals(ArtifactType.SESSION_SEQ)) {
            new SessionSeqSignal(settings.sessionSeq, settings.sessions, threads, settings.listener)
                    .write(events, table);
        } else {
            new ContentSignal(settings.content, threads, settings.listener).write(items, events, table);
        }
    }

    /** Returns the window that is asked for, or else what the events span. */
    static Window window(BuildSettings settings, Optional<Instant> oldest, Optional<Instant> newest) {
        Instant from = oldest.orElse(Instant.EPOCH);
        Instant to = newest.map(last -> last.plusMillis(1)).orElse(Instant.EPOCH);
        return settings.filter.window().orElse(new Window(from, to));
    }
}
