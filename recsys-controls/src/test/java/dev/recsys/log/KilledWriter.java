package dev.recsys.log;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A process that writes to a folder until it is killed, and says when some lines are in the file. */
final class KilledWriter {
    static final int SOME = 2_000;
    static final int WRITTEN = 101;
    static final int WAITING = 39;
    static final int LATE = 7; // come while the last batch is being written

    private KilledWriter() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 1) {
            LogSettings settings = LogSettings.DEFAULT;
            stick(
                    Path.of(args[0]),
                    args[1].equals("rotating") ? settings.withRotation(1, Duration.ofHours(1)) : settings);
        } else {
            hurry(Path.of(args[0]));
        }
    }

    /** The file in which a process says how many records were taken: that many, or one more. */
    static Path taken(Path folder) {
        return folder.resolveSibling("taken");
    }

    private static MappedByteBuffer taken(FileChannel channel) throws IOException {
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
    }

    private static void hurry(Path folder) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                        taken(folder), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileEventSink sink = FileEventSink.builder(folder)
                        .pseudonyms(Shown.KEYS)
                        .settings(LogSettings.DEFAULT.withBatch(500, Duration.ofMillis(5)))
                        .build()) {
            MappedByteBuffer taken = taken(channel);
            long written = 0;
            for (int i = 0; true; i++) {
                sink.exposed(Shown.to(Shown.USER, i));
                taken.putLong(0, i + 1 - sink.stats().dropped());
                if (i == SOME && sink.flush(Duration.ofSeconds(30))) {
                    written = sink.stats().written();
                }
                if (i == 10 * SOME) {
                    out.println("written " + written);
                }
            }
        }
    }

    /** Some are written, then the disk takes one line, and is stuck with the next ones. */
    private static void stick(Path folder, LogSettings settings) throws InterruptedException {
        TestDisk disk = new TestDisk();
        try (FileEventSink sink = FileEventSink.builder(folder)
                .pseudonyms(Shown.KEYS)
                .settings(settings)
                .disk(disk)
                .build()) {
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
            show(sink, LATE);
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
