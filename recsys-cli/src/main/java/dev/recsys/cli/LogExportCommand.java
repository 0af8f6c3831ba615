package dev.recsys.cli;

import dev.recsys.postgres.PostgresDatabase;
import dev.recsys.postgres.PostgresEvents;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description =
                "Prints the lines of a log in a database, the oldest first, as files of a log have them: what was shown"
                        + " for replay, what users did for build.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // set by picocli
final class LogExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DatabaseOptions database;

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description = "exposures: what was shown; or outcomes: what users did.")
    private String kind;

    @Option(names = "--tenant", required = true, paramLabel = "T", description = "The tenant.")
    private String tenant;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "The first time, such as 2026-01-31T06:00:00Z.")
    private String from;

    @Option(names = "--until", required = true, paramLabel = "TIME", description = "The time before which all are.")
    private String until;

    @Override
    public Integer call() throws IOException {
        boolean isShown = kind.equals("exposures");
        if (!isShown && !kind.equals("outcomes")) {
            throw new IllegalArgumentException("--kind is '" + kind + "'; expected exposures or outcomes");
        }
        Instant start = time("--from", from);
        Instant end = time("--until", until);
        Terminal terminal = ((Main) spec.root().userObject()).terminal();
        OutputStream out = new BufferedOutputStream(terminal.out(), 1 << 16);
        try (PostgresDatabase opened = database.open()) {
            PostgresEvents events = PostgresEvents.of(opened);
            long lines = isShown
                    ? events.exposures(tenant, start, end, lines(out))
                    : events.outcomes(tenant, start, end, lines(out));
            if (lines == 0) {
                terminal.err().printf("Tenant %s has no %s from %s until %s.%n", tenant, kind, start, end);
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static Consumer<String> lines(OutputStream out) {
        return line -> {
            try {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static Instant time(String option, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    option + " is '" + text + "'; expected a time such as 2026-01-31T06:00:00Z", e);
        }
    }
}
