package dev.recsys.cli;

import dev.recsys.eval.JoinedList;
import dev.recsys.eval.OutcomeKinds;
import dev.recsys.log.LogFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "report",
        description =
                "Tells from logs what was shown and what came of it: what could be joined, click and conversion rates,"
                        + " experiments.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class ReportCommand extends Action {
    @Option(
            names = "--exposures",
            required = true,
            arity = "1..*",
            paramLabel = "PLACE",
            description = "What was shown: folders of the file sink, or files.")
    private List<Path> exposures;

    @Option(
            names = "--outcomes",
            required = true,
            arity = "1..*",
            paramLabel = "PLACE",
            description = "What users did: folders of the outcome recorder, or files.")
    private List<Path> outcomes;

    @Option(names = "--from", paramLabel = "INSTANT", description = "Count lists from this time on.")
    private Instant from = Instant.MIN;

    @Option(names = "--until", paramLabel = "INSTANT", description = "Count lists before this time.")
    private Instant until = Instant.MAX;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Only this tenant.")
    private @Nullable String tenant;

    @Option(names = "--surface", paramLabel = "NAME", description = "Count lists of this surface only.")
    private @Nullable String surface;

    @Option(
            names = "--click",
            split = ",",
            paramLabel = "TYPE",
            description = "Types of outcomes that are clicks (default: ${DEFAULT-VALUE}).")
    private Set<String> clicks = Set.of("click");

    @Option(
            names = "--conversion",
            split = ",",
            paramLabel = "TYPE",
            description = "Types of outcomes that are conversions (default: ${DEFAULT-VALUE}).")
    private Set<String> conversions = Set.of("purchase");

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How long after a list an outcome may be (default: 24h).")
    private Duration window = Duration.ofDays(1);

    @Option(
            names = "--shares",
            split = ",",
            paramLabel = "EXPERIMENT/VARIANT=SHARE",
            description = "The planned shares of the variants of an experiment (default: all alike).")
    private List<String> shares = List.of();

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as one HTML page as well.")
    private @Nullable Path html;

    @Option(
            names = "--rows",
            paramLabel = "FILE",
            description = "Write a row for each item shown, with click and propensity, as CSV that estimate reads.")
    private @Nullable Path rows;

    @Override
    Answer run() throws IOException {
        ReportLog.Scope scope =
                new ReportLog.Scope(from, until, Optional.ofNullable(tenant), Optional.ofNullable(surface));
        OutcomeKinds kinds = new OutcomeKinds(clicks, conversions);
        ShownReport report = rows == null ? read(scope, kinds, joined -> {}) : readTo(rows, scope, kinds);
        if (html != null) {
            write(html, ReportPage.of(report).html());
        }
        return Answer.done(ReportJson.of(report), ReportText.of(report));
    }

    private ShownReport readTo(Path file, ReportLog.Scope scope, OutcomeKinds kinds) throws IOException {
        try (ShownRows written = ShownRows.to(file, kinds)) {
            ShownReport report = read(scope, kinds, written::add);
            written.finish();
            return report;
        }
    }

    private ShownReport read(ReportLog.Scope scope, OutcomeKinds kinds, Consumer<JoinedList> sink) throws IOException {
        ReportLog log = new ReportLog(scope, kinds, window, sink);
        Map<String, Double> planned = planned();
        return log.read(
                new LoggedFiles(LogFiles.of("--exposures", exposures, LogFolder::exposures)),
                new LoggedFiles(LogFiles.orNone("--outcomes", outcomes, LogFolder::outcomes)),
                planned,
                ProgressBar.on(terminal()));
    }

    private Map<String, Double> planned() {
        Map<String, Double> planned = new TreeMap<>();
        for (String share : shares) {
            int equals = share.lastIndexOf('=');
            if (equals < 1 || !share.substring(equals + 1).matches("[0-9]{0,9}[.]?[0-9]{1,9}")) {
                throw new IllegalArgumentException(
                        "--shares has '" + share + "'; expected EXPERIMENT/VARIANT=SHARE such as blend/control=0.5");
            }
            planned.put(share.substring(0, equals), Double.valueOf(share.substring(equals + 1)));
        }
        return planned;
    }

    /** Writes beside the file and moves, so that who looks at the file finds the old page or the new one. */
    private static void write(Path file, String page) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.write(temporary, page.getBytes(StandardCharsets.UTF_8));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
