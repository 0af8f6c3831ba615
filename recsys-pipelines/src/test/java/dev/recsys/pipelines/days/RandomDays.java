package dev.recsys.pipelines.days;

import dev.recsys.Scope;
import dev.recsys.pipelines.events.EventColumns;
import dev.recsys.pipelines.events.EventFiles;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Seeded events of a few days: many about midnight, with ids that come again on other days and with other types. */
public final class RandomDays {
    public static final Scope SCOPE = new Scope("Acme", "home");
    public static final LocalDate FIRST = LocalDate.of(2026, 1, 30);
    private static final String HEADER = "event_id,ts,tenant,user,session,item,type,segment,value";
    private static final List<String> TYPES = List.of("view", "click", "purchase", "", "\u0130zle");

    private RandomDays() {}

    /** Returns lines of events without a header. */
    public static List<String> lines(long seed, int days, int perDay) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < days * perDay; i++) {
            lines.add(line(random, days));
        }
        return lines;
    }

    private static String line(Random random, int days) {
        Instant midnight = FIRST.plusDays(random.nextInt(days))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        boolean close = random.nextInt(3) == 0;
        Instant at = midnight.plusSeconds(close ? 86_400 - 1 - random.nextInt(600) : random.nextInt(86_400));
        boolean late = close && random.nextBoolean() && at.plusSeconds(900).isBefore(end(days));
        String id = random.nextInt(3) == 0 ? "" : "e" + random.nextInt(days * 60);
        String user = random.nextInt(4) == 0 ? "" : "u" + random.nextInt(15);
        String session = random.nextInt(3) == 0 ? "" : "s" + random.nextInt(40);
        int item = (int) Math.abs(random.nextGaussian() * 8);
        return String.join(
                ",",
                id,
                (late ? at.plusSeconds(900) : at).toString(),
                random.nextInt(20) == 0 ? "other" : "",
                user,
                session,
                "\u0131tem" + item,
                TYPES.get(random.nextInt(TYPES.size())),
                random.nextInt(3) == 0 ? "seg" + random.nextInt(3) : "",
                random.nextInt(30) == 0 ? "-1" : "");
    }

    private static Instant end(int days) {
        return FIRST.plusDays(days).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Writes lines below a header. */
    public static Path file(Path file, List<String> lines) throws IOException {
        List<String> all = new ArrayList<>(List.of(HEADER));
        all.addAll(lines);
        return EventFiles.lines(file, all);
    }

    /** Returns those lines whose event is of a day, in UTC. */
    public static List<String> of(LocalDate day, List<String> lines) {
        return lines.stream()
                .filter(line -> line.split(",", -1)[1].startsWith(day.toString()))
                .toList();
    }

    /** Reads files for keeping. */
    public static DayReader reader(Path... files) {
        return new DayReader(
                new EventReader.Source(List.of(files), Optional.empty(), EventColumns.DEFAULT),
                0.05,
                ProgressListener.NONE);
    }

    /** Keeps the days of files, one after the other. */
    public static DayFolder keep(Path root, Path... files) throws IOException {
        DayFolder folder = DayFolder.of(root, SCOPE);
        try (DayWriter writer = folder.write()) {
            writer.put(reader(files).read(SCOPE, Optional.empty()), Set.of(), false);
        }
        return folder;
    }
}
