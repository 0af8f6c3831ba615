package dev.recsys.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A process that writes to a folder until it is killed, and says when some lines are in the file. */
final class KilledWriter {
    static final int SOME = 2_000;
    static final int WRITTEN = 101;
    static final int WAITING = 39;

    private KilledWriter() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length > 1) {
            stick(Path.of(args[0]));
            return;
        }
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

    /** Some are written, then the disk takes one line, and is stuck with the next ones. */
    private static void stick(Path folder) throws InterruptedException {
        TestDisk disk = new TestDisk();
        try (FileEventSink sink =
                FileEventSink.builder(folder).pseudonyms(Shown.KEYS).disk(disk).build()) {
            show(sink, WRITTEN - 1);
            if (!sink.flush(Duration.ofSeconds(30))) {
                return;
            }
            disk.forget();
            disk.stick();
            show(sink, 1);
            disk.awaitArrival();
            show(sink, WAITING);
            disk.releaseOne();
            disk.awaitArrival();
            new PrintStream(System.out, true, StandardCharsets.UTF_8)
                    .println("written " + sink.stats().written());
            Thread.currentThread().join(); // until it is killed
        }
    }

    private static void show(FileEventSink sink, int count) {
        for (int i = 0; i < count; i++) {
            sink.exposed(Shown.to(Shown.USER, i));
        }
    }
}
