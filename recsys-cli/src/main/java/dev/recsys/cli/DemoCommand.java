package dev.recsys.cli;

import dev.recsys.Scope;
import dev.recsys.examples.ShopEvents;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.events.EventColumns;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description =
                "The whole way in a minute: events, artifacts, ship, recommend, a bad ship, rollback, a lost store.")
final class DemoCommand extends Action {
    private static final long SEED = 20261101;
    private static final int DUPLICATES = 100;
    private static final int MALFORMED = 12;
    private static final String MARKER = ".recsys-demo";

    @Option(
            names = "--events",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Your own events; by default those of a made-up shop.")
    private @Nullable List<Path> events;

    @Option(names = "--columns", paramLabel = "FIELD=COLUMN,..", description = "Where the fields are, as for build.")
    private @Nullable String columns;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where to work; by default a new temporary folder.")
    private @Nullable Path directory;

    @Override
    Answer run() throws IOException {
        // before the first logger is made: the demo shows the lines that operators look for
        System.setProperty("org.slf4j.simpleLogger.log.dev.recsys", "info");
        Path work = directory == null ? Files.createTempDirectory("recsys-demo-") : own(directory);
        PrintStream story = json() ? terminal().err() : terminal().out();
        return new Demo(new Scope(ShopEvents.TENANT, ShopEvents.SURFACE), work, story).run(signals(work));
    }

    /** Takes a new or empty folder, or one of an earlier demo, and nobody else's. */
    private static Path own(Path folder) throws IOException {
        Path marker = Files.createDirectories(folder).resolve(MARKER);
        try (Stream<Path> files = Files.list(folder)) {
            if (!Files.exists(marker) && files.findAny().isPresent()) {
                throw new IllegalArgumentException(
                        "--dir " + folder + " holds other things; name a new or empty folder");
            }
        }
        if (!Files.exists(marker)) {
            Files.createFile(marker);
        }
        return folder;
    }

    private SignalBuild signals(Path work) throws IOException {
        Scope scope = new Scope(ShopEvents.TENANT, ShopEvents.SURFACE);
        if (events != null) {
            SignalBuild own = SignalBuild.of(scope, events).everyScope().listener(ProgressBar.on(terminal()));
            return columns == null ? own : own.columns(EventColumns.parse(columns));
        }
        Path file = ShopEvents.shop(SEED)
                .withDuplicates(DUPLICATES)
                .withMalformedLines(MALFORMED)
                .writeJsonl(work.resolve("events.jsonl"));
        return SignalBuild.of(scope, List.of(file)).listener(ProgressBar.on(terminal()));
    }
}
