package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.Scope;
import dev.recsys.pipelines.days.DayChange;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.days.DayWriter;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.ReadReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "day", description = "Keeps the events of days, so that windows are built without reading them again.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class DayCommand extends Action {
    @Mixin
    private ReadOptions read;

    @Mixin
    private ScopeOptions scope;

    @Option(names = "--days", required = true, paramLabel = "DIR", description = "The folder that keeps the days.")
    private Path root;

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "Take only days from this one on, such as 2026-01-31, in UTC.")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DAY",
            description = "Take only days up to this one. With --from each day of the range is kept, also one on which"
                    + " nothing happened.")
    private @Nullable LocalDate to;

    @Option(names = "--replace", description = "Replace a day also by fewer events than it has.")
    private boolean replace;

    @Override
    Answer run() throws IOException {
        Optional<DayWindow> range = range();
        DayFolder days = DayFolder.of(root, scope.scope());
        try (DayWriter writer = days.write()) {
            EventReader.Days packed = read.dayReader(ProgressBar.on(terminal())).read(scope.scope(), range);
            Set<LocalDate> asked = range.stream()
                    .flatMap(window -> window.from().datesUntil(window.until().plusDays(1)))
                    .collect(Collectors.toSet());
            List<DayChange> changes = writer.put(packed, asked, replace);
            return Answer.done(json(scope.scope(), packed.report(), changes), text(packed.report(), changes));
        }
    }

    private Optional<DayWindow> range() {
        if (from == null && to == null) {
            return Optional.empty();
        }
        if (from == null || to == null) {
            throw new IllegalArgumentException("--from and --to go together; for one day give it twice");
        }
        return Optional.of(DayWindow.between(from, to));
    }

    private static ObjectNode json(Scope scope, ReadReport read, List<DayChange> changes) {
        ObjectNode json = Json.object(scope);
        Json.putLines(json, read);
        json.put("outside_days", read.outsideWindow());
        ArrayNode days = json.putArray("days");
        changes.forEach(change -> days.addObject()
                .put("day", change.day().toString())
                .put("events", change.events())
                .put("change", word(change)));
        return json;
    }

    private static String text(ReadReport read, List<DayChange> changes) {
        StringBuilder text = new StringBuilder(String.format(
                "Read %d lines: %d events, %d duplicates, %d malformed, %d set aside, %d of other tenants or surfaces, %d of"
                        + " other days.%n",
                read.lines(),
                read.events(),
                read.duplicates(),
                read.malformed(),
                read.setAside(),
                read.otherScope(),
                read.outsideWindow()));
        TextTable table = new TextTable("DAY", "EVENTS", "CHANGE");
        changes.forEach(change -> table.row(change.day(), change.events(), word(change)));
        return text.append(table).toString();
    }

    private static String word(DayChange change) {
        return change.kind().name().toLowerCase(Locale.ROOT);
    }
}
