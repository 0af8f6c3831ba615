package dev.recsys.benchmarks;

import dev.recsys.Scope;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayReader;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.days.DayWriter;
import dev.recsys.pipelines.events.EventColumns;
import dev.recsys.pipelines.events.EventFilter;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What a window of 30 days takes to be read: from 30 raw files, and from one raw file and 29 packed days. {@code FOLDER
 * EVENTS} writes a synthetic month of that many events into an empty folder and reads it three times each way.
 */
public final class DailyWindow {
    private static final Scope SCOPE = new Scope("bench", "home");
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final int DAYS = 30;
    private static final int ROUNDS = 3;
    private static final int SESSION_EVENTS = 8;

    private final Path folder;
    private final DayFolder days;
    private final List<Path> raw = new ArrayList<>();

    DailyWindow(Path folder) {
        this.folder = folder;
        this.days = DayFolder.of(folder.resolve("days"), SCOPE);
    }

    /** Measures. */
    public static void main(String[] arguments) throws IOException {
        new DailyWindow(Path.of(arguments[0])).run(Integer.parseInt(arguments[1]));
    }

    private void run(int events) throws IOException {
        Random random = new Random(7);
        for (int day = 0; day < DAYS; day++) {
            raw.add(write(FIRST.plusDays(day), events / DAYS, random));
        }
        for (Path file : raw) {
            keep(file);
        }
        long packedBytes = 0;
        for (LocalDate day : days.days()) {
            packedBytes += Files.size(folder.resolve("days/bench/home/" + day + ".day"));
        }
        long rawBytes = 0;
        for (Path file : raw) {
            rawBytes += Files.size(file);
        }
        System.out.printf(Locale.ROOT, "%,d events: %,d bytes raw, %,d bytes packed%n", events, rawBytes, packedBytes);
        for (int round = 0; round < ROUNDS; round++) {
            long start = cpuNanos();
            Events all = read(raw);
            long whole = cpuNanos();
            keep(raw.get(DAYS - 1));
            long kept = cpuNanos();
            Events merged = days.read(window(), Set.of(), ProgressListener.NONE).events();
            long packed = cpuNanos();
            requireEqual(all, merged);
            System.out.printf(
                    Locale.ROOT,
                    "Processor time: 30 raw files %,d ms; one raw file, kept %,d ms; 30 packed days %,d ms%n",
                    (whole - start) / 1_000_000,
                    (kept - whole) / 1_000_000,
                    (packed - kept) / 1_000_000);
        }
    }

    /** Reading is done by one thread; its own time does not depend on what else the machine does. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private Path write(LocalDate day, int events, Random random) throws IOException {
        Path file = folder.resolve(day + ".csv");
        long midnight = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("event_id,ts,type,user,session,item\n");
            for (int i = 0; i < events; i++) {
                int session = random.nextInt(events / SESSION_EVENTS + 1);
                int user = new Random(session + midnight).nextInt(200_000);
                out.write(Long.toHexString(random.nextLong()) + ","
                        + Instant.ofEpochSecond(midnight + random.nextInt(86_400)) + ","
                        + (random.nextInt(10) == 0 ? "purchase" : "click") + ",user-" + user + ",session-" + day
                        + "-" + session + ",item-" + (int) Math.abs(random.nextGaussian() * 20_000) + "\n");
            }
        }
        return file;
    }

    private void keep(Path file) throws IOException {
        DayReader reader = new DayReader(source(List.of(file)), 0, ProgressListener.NONE);
        try (DayWriter writer = days.write()) {
            writer.put(reader.read(SCOPE, Optional.empty()), Set.of(), false);
        }
    }

    private static Events read(List<Path> files) {
        Optional<Window> span = Optional.of(window().span());
        EventFilter filter = new EventFilter(Optional.of(SCOPE), span, Set.of());
        return new EventReader(source(files), filter, 0, ProgressListener.NONE)
                .read()
                .events();
    }

    private static EventReader.Source source(List<Path> files) {
        return new EventReader.Source(files, Optional.empty(), EventColumns.DEFAULT);
    }

    private static DayWindow window() {
        return new DayWindow(FIRST.plusDays(DAYS - 1), DAYS);
    }

    private static void requireEqual(Events left, Events right) {
        boolean equal = left.size() == right.size()
                && left.itemCount() == right.itemCount()
                && left.userCount() == right.userCount()
                && left.sessionCount() == right.sessionCount();
        for (int event = 0; equal && event < left.size(); event++) {
            equal = left.millis(event) == right.millis(event) && left.itemOf(event) == right.itemOf(event);
        }
        if (!equal) {
            throw new IllegalStateException("the packed days have other events than the raw files");
        }
    }
}
