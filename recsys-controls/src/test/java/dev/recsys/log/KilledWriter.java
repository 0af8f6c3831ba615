package dev.recsys.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A process that writes to a folder until it is killed, and says when some lines are in the file. */
final class KilledWriter {
    static final int SOME = 2_000;

    private KilledWriter() {}

    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (FileEventSink sink = FileEventSink.builder(Path.of(args[0]))
                .pseudonyms(Shown.KEYS)
                .settings(LogSettings.DEFAULT.withBatch(500, Duration.ofMillis(5)))
                .build()) {
            for (int i = 0; true; i++) {
                sink.exposed(Shown.to(Shown.USER, i));
                if (i == SOME && sink.flush(Duration.ofSeconds(30))) {
                    out.println("written " + sink.stats().written());
                }
            }
        }
    }
}
