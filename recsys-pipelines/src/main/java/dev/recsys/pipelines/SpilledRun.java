package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.EventSpiller;
import dev.recsys.pipelines.events.ReadingLimit;
import dev.recsys.pipelines.events.SpilledEvents;
import dev.recsys.pipelines.items.ItemFile;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.Progress;
import dev.recsys.pipelines.signals.ContentSignal;
import dev.recsys.pipelines.signals.SpilledBaskets;
import dev.recsys.pipelines.signals.SpilledPairs;
import dev.recsys.pipelines.signals.SpilledPopularity;
import dev.recsys.pipelines.spill.SpillSizes;
import dev.recsys.pipelines.spill.WorkFolder;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.table.TableWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds through files what memory does not hold: the same bytes as {@link BuildRun}. */
final class SpilledRun implements Closeable {
    private final BuildSettings settings;
    private final WorkFolder folder;
    private final SpillSizes sizes;

    /**
     * Prepares a build.
     *
     * @param directory where the build goes; temporary files lie beside it, unless the settings say where
     */
    SpilledRun(BuildSettings settings, Path directory) throws IOException {
        this.settings = settings;
        this.folder = WorkFolder.at(settings.workFolder.orElseGet(
                () -> directory.toAbsolutePath().normalize().resolveSibling("")));
        this.sizes = settings.spills.orElseGet(() -> SpillSizes.of(settings.heapBytes));
    }

    /** Reads the events into files, and writes the build. */
    SignalBuildReport write(EventInput input, Optional<ItemFile.Result> items, Path directory) throws IOException {
        long start = System.nanoTime();
        boolean histories = settings.signals.contains(ArtifactType.IMPLICIT);
        List<ItemAttributes> attributes = items.map(ItemFile.Result::items).orElse(List.of());
        try (EventSpiller spiller = new EventSpiller(folder, sizes, histories)) {
            EventReader.Spilled read = read(input, spiller);
            long readAt = System.nanoTime();
            SpilledEvents events = read.events();
            SpillPlan plan = requireMemory(events, attributes);
            try (SpilledBaskets baskets = SpilledBaskets.of(events, settings.sessions, folder, progress(events))) {
                Evidence.Counts counts = new Evidence.Counts(
                        events.names().itemCount(), events.userCount(), baskets.count(), events.newest());
                Map<String, String> evidence = Evidence.of(settings, settings.signals, read.report(), counts);
                items.ifPresent(result -> Evidence.items(evidence, result.report()));
                Build build = write(new Input(events, baskets, attributes, plan), evidence, directory);
                return new SignalBuildReport(
                        build,
                        read.report(),
                        items.map(ItemFile.Result::report),
                        Math.toIntExact(counts.users()),
                        Math.toIntExact(counts.sessions()),
                        events.names().itemCount(),
                        plan.need(),
                        folder.writtenBytes(),
                        List.of(),
                        Duration.ofNanos(readAt - start),
                        Duration.ofNanos(System.nanoTime() - readAt));
            }
        }
    }

    /** Closes every file that is open still. */
    @Override
    public void close() throws IOException {
        folder.close();
    }

    /**
     * Reads the events into files.
     *
     * @throws IllegalArgumentException if the heap does not even hold the ids of items
     */
    private EventReader.Spilled read(EventInput input, EventSpiller spiller) throws IOException {
        DiskNeed disk = new DiskNeed(folder, spiller, settings.listener);
        return ReadingLimit.within(
                        spiller,
                        MemoryPlan.readingLimit(settings.heapBytes),
                        disk,
                        limited -> input.read(spiller, limited))
                .orElseThrow(() -> MemoryNeed.ofReadingThroughFiles(settings.heapBytes));
    }

    /** States the memory before anything is loaded again, and refuses what the heap does not hold. */
    private SpillPlan requireMemory(SpilledEvents events, List<ItemAttributes> attributes) {
        SpillPlan plan = SpillPlan.of(settings, sizes, events, attributes);
        settings.listener.memory(plan.need().peakBytes(), settings.heapBytes);
        plan.need().requireWithinThroughFiles(settings.heapBytes);
        return plan;
    }

    /** What signals are computed from. */
    private record Input(SpilledEvents events, SpilledBaskets baskets, List<ItemAttributes> items, SpillPlan plan) {}

    private Build write(Input input, Map<String, String> evidence, Path directory) throws IOException {
        try (BuildWriter writer = BuildWriter.into(directory, settings.scope, settings.compatibilityGroup)) {
            for (ArtifactType signal : BuildSettings.ALL_SIGNALS) {
                if (settings.signals.contains(signal)) {
                    int itemCount = signal.equals(ArtifactType.CONTENT_SIM)
                            ? input.items().size()
                            : input.events().names().itemCount();
                    try (TableWriter table = BuildRun.table(writer, signal, itemCount)) {
                        write(signal, input, table);
                        table.finish();
                    }
                }
            }
            SpilledEvents events = input.events();
            Window window = BuildRun.window(settings, events.oldest(), events.newest());
            Instant newest = events.newest().orElse(window.from());
            return writer.finish(window, newest, evidence);
        }
    }

    private void write(ArtifactType signal, Input input, TableWriter table) throws IOException {
        SpilledEvents events = input.events();
        int threads = settings.threads;
        long loadedBytes = input.plan().loadedBytes();
        if (signal.equals(ArtifactType.POPULARITY)) {
            new SpilledPopularity(settings.popularity, loadedBytes, settings.listener).write(events, table);
        } else if (signal.equals(ArtifactType.COOC)) {
            SpilledPairs.cooc(settings.cooc, threads, loadedBytes, settings.listener)
                    .write(events.names(), input.baskets(), table);
        } else if (signal.equals(ArtifactType.IMPLICIT)) {
            int historyItems = settings.implicit.historyItems();
            try (SpilledBaskets histories = SpilledBaskets.ofUsers(events, historyItems, folder, progress(events))) {
                SpilledPairs.implicit(settings.implicit, threads, loadedBytes, settings.listener)
                        .write(events.names(), histories, table);
            }
        } else {
            new ContentSignal(settings.content, threads, settings.listener).write(input.items(), events.names(), table);
        }
    }

    private Progress progress(SpilledEvents events) {
        return new Progress(settings.listener, Phase.SPILL, events.parts());
    }
}
