package dev.recsys.pipelines.tables;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.signals.SumSettings;
import dev.recsys.pipelines.signals.SummedSignals;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.store.BlobVersion;
import dev.recsys.sums.DayFigures;
import dev.recsys.sums.SignalTables;
import dev.recsys.sums.TablesState;
import dev.recsys.table.RowKeys;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Computes releases from the sums of a database: read in one snapshot, and computed once that has ended. */
final class SummedReleases implements ReleaseSource {
    private static final int MAX_PACKED_ITEMS = 1 << 24;

    private final SignalTables tables;
    private final Duration readTimeout;

    SummedReleases(SignalTables tables, Duration readTimeout) {
        this.tables = tables;
        this.readTimeout = readTimeout;
    }

    /** Signals and the settings that they were summed with. */
    private record Read(SummedSignals signals, SumSettings settings) {}

    @Override
    public String location() {
        return tables.location();
    }

    @Override
    public Optional<BlobVersion> version(Scope scope, Duration timeout) {
        return tables.state(scope, timeout).map(state -> name(state).version());
    }

    @Override
    public Optional<TableRelease> release(Scope scope, Path folder) throws IOException {
        Optional<Read> read = tables.read(
                scope,
                reader -> {
                    SumSettings settings = SumSettings.parse(reader.state().settings());
                    return new Read(SummedSignals.read(reader, settings), settings);
                },
                readTimeout);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Build build = build(scope, read.get(), folder);
        return Optional.of(TableRelease.of(build, name(read.get().signals().state()), "tables"));
    }

    private static TableRelease.Name name(TablesState state) {
        return new TableRelease.Name(state.revision(), state.id(), state.filledAt());
    }

    private Build build(Scope scope, Read read, Path folder) throws IOException {
        SummedSignals signals = read.signals();
        SumSettings settings = read.settings();
        TableForm form = signals.itemCount() > MAX_PACKED_ITEMS ? TableForm.EXACT : TableForm.PACKED;
        try (BuildWriter writer = BuildWriter.into(folder, scope, settings.compatibilityGroup())) {
            try (TableWriter table = writer.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                signals.writePopularity(settings.popularity().segmentItems(), table);
                table.finish();
            }
            try (TableWriter table = writer.table(ArtifactType.COOC, form, RowKeys.ITEMS)) {
                signals.writeCooc(table);
                table.finish();
            }
            SortedMap<LocalDate, DayFigures> days = signals.state().days();
            Window window = DayWindow.between(days.firstKey(), days.lastKey()).span();
            Instant newest = days.values().stream()
                    .filter(day -> day.events() > 0)
                    .map(DayFigures::newest)
                    .max(Instant::compareTo)
                    .orElse(window.from());
            return writer.finish(window, newest, evidence(read));
        }
    }

    private static Map<String, String> evidence(Read read) {
        TablesState state = read.signals().state();
        Map<String, String> evidence = new TreeMap<>();
        evidence.put("tables_revision", String.valueOf(state.revision()));
        evidence.put("days", state.days().firstKey() + " to " + state.days().lastKey());
        evidence.put("items", String.valueOf(read.signals().itemCount()));
        evidence.put("events", sum(state, DayFigures::events));
        evidence.put("sessions", sum(state, DayFigures::sessions));
        evidence.put("cut_sessions", String.valueOf(state.cutSessions()));
        evidence.put("similarity", read.settings().cooc().similarity().publicName());
        evidence.put("half_life", read.settings().popularity().halfLife().toString());
        return evidence;
    }

    /** A number of a day. */
    private interface Count {
        long of(DayFigures day);
    }

    private static String sum(TablesState state, Count count) {
        return String.valueOf(
                state.days().values().stream().mapToLong(count::of).sum());
    }
}
