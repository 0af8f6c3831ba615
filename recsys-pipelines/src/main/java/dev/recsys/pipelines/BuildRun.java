package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.Events;
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

/** Computes the signals of events and writes them into a folder. */
final class BuildRun {
    private static final int MAX_PACKED_ITEMS = 1 << 24;

    private final BuildSettings settings;

    BuildRun(BuildSettings settings) {
        this.settings = settings;
    }

    /**
     * Writes a build.
     *
     * @param choices what was chosen before, for the evidence
     * @param startNanos when choosing and computing began
     */
    SignalBuildReport write(
            EventReader.Result read, List<Choice> choices, Duration readTime, long startNanos, Path directory)
            throws IOException {
        Events events = read.events();
        Baskets baskets = Baskets.of(events, settings.sessions);
        Map<String, String> evidence = Evidence.of(settings, read, baskets);
        Evidence.choices(evidence, choices);
        Build build = write(events, baskets, evidence, directory);
        return new SignalBuildReport(
                build,
                read.report(),
                events.userCount(),
                baskets.count(),
                events.itemCount(),
                choices,
                readTime,
                Duration.ofNanos(System.nanoTime() - startNanos));
    }

    Build write(Events events, Baskets baskets, Map<String, String> evidence, Path directory) throws IOException {
        try (BuildWriter writer = BuildWriter.into(directory, settings.scope, settings.compatibilityGroup)) {
            if (settings.signals.contains(ArtifactType.POPULARITY)) {
                writePopularity(events, writer);
            }
            if (settings.signals.contains(ArtifactType.COOC)) {
                writeCooc(events, baskets, writer);
            }
            if (settings.signals.contains(ArtifactType.IMPLICIT)) {
                writeImplicit(events, writer);
            }
            if (settings.signals.contains(ArtifactType.SESSION_SEQ)) {
                writeSessionSeq(events, writer);
            }
            if (settings.signals.contains(ArtifactType.CONTENT_SIM)) {
                writeContent(events, writer);
            }
            Window window = window(events);
            return writer.finish(window, events.newest().orElse(window.from()), evidence);
        }
    }

    private void writePopularity(Events events, BuildWriter writer) throws IOException {
        try (TableWriter table = writer.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
            new PopularitySignal(settings.popularity, settings.listener).write(events, table);
            table.finish();
        }
    }

    private void writeCooc(Events events, Baskets baskets, BuildWriter writer) throws IOException {
        TableForm form = events.itemCount() <= MAX_PACKED_ITEMS ? TableForm.PACKED : TableForm.EXACT;
        try (TableWriter table = writer.table(ArtifactType.COOC, form, RowKeys.ITEMS)) {
            new CoocSignal(settings.cooc, settings.threads, settings.listener).write(events, baskets, table);
            table.finish();
        }
    }

    private void writeImplicit(Events events, BuildWriter writer) throws IOException {
        TableForm form = events.itemCount() <= MAX_PACKED_ITEMS ? TableForm.PACKED : TableForm.EXACT;
        try (TableWriter table = writer.table(ArtifactType.IMPLICIT, form, RowKeys.ITEMS)) {
            new ImplicitSignal(settings.implicit, settings.threads, settings.listener).write(events, table);
            table.finish();
        }
    }

    private void writeSessionSeq(Events events, BuildWriter writer) throws IOException {
        TableForm form = events.itemCount() <= MAX_PACKED_ITEMS ? TableForm.PACKED : TableForm.EXACT;
        try (TableWriter table = writer.table(ArtifactType.SESSION_SEQ, form, RowKeys.ITEMS)) {
            new SessionSeqSignal(settings.sessionSeq, settings.sessions, settings.threads, settings.listener)
                    .write(events, table);
            table.finish();
        }
    }

    private void writeContent(Events events, BuildWriter writer) throws IOException {
        TableForm form = settings.items.size() <= MAX_PACKED_ITEMS ? TableForm.PACKED : TableForm.EXACT;
        try (TableWriter table = writer.table(ArtifactType.CONTENT_SIM, form, RowKeys.ITEMS)) {
            new ContentSignal(settings.content, settings.threads, settings.listener)
                    .write(settings.items, events, table);
            table.finish();
        }
    }

    private Window window(Events events) {
        Instant from = events.oldest().orElse(Instant.EPOCH);
        Instant to = events.newest().map(newest -> newest.plusMillis(1)).orElse(Instant.EPOCH);
        return settings.filter.window().orElse(new Window(from, to));
    }
}
