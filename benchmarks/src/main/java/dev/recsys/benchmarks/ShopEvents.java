package dev.recsys.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes the events of a made-up shop and its items, the same from the same numbers: 30 days, sessions of eight events on
 * average, twenty events a user on average, items Zipf-like in clusters of 200, four of five events of a session from
 * one cluster, which is a category.
 */
public final class ShopEvents {
    private static final int CLUSTER = 200;
    private static final int EVENTS_PER_USER = 20;
    private static final double MEAN_LENGTH = 8;
    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    private static final Duration SPAN = Duration.ofDays(30);

    private final int items;
    private final SplittableRandom random;

    private ShopEvents(int items, long seed) {
        this.items = items;
        this.random = new SplittableRandom(seed);
    }

    /** Takes a folder, the number of events and of items, and a seed; writes {@code events.csv} and {@code items.csv}. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        ShopEvents shop = new ShopEvents(Integer.parseInt(args[2]), Long.parseLong(args[3]));
        shop.writeItems(folder.resolve("items.csv"));
        shop.writeEvents(folder.resolve("events.csv"), Integer.parseInt(args[1]));
    }

    private void writeItems(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("item_id,brand,categories,tags,price\n");
            for (int item = 0; item < items; item++) {
                out.write(String.format(
                        Locale.ROOT,
                        "item-%06d,brand-%d,category-%d,tag-%d|tag-%d,%d.99\n",
                        item,
                        zipf(500),
                        item / CLUSTER,
                        zipf(1_000),
                        1_000 + zipf(1_000),
                        1 + zipf(500)));
            }
        }
    }

    private void writeEvents(Path file, int events) throws IOException {
        int users = Math.max(1, events / EVENTS_PER_USER);
        long sessions = Math.max(1, (long) (events / MEAN_LENGTH));
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("ts,user,session,item,type\n");
            int written = 0;
            for (long session = 0; written < events; session++) {
                int length = Math.min(events - written, length());
                long millis = START.toEpochMilli() + SPAN.toMillis() * Math.min(session, sessions - 1) / sessions;
                writeSession(out, session, random.nextInt(users), millis, length);
                written += length;
            }
        }
    }

    private void writeSession(BufferedWriter out, long session, int user, long millis, int length) throws IOException {
        int cluster = zipf((items + CLUSTER - 1) / CLUSTER);
        long at = millis;
        for (int i = 0; i < length; i++) {
            int from = random.nextInt(5) == 0 ? zipf((items + CLUSTER - 1) / CLUSTER) : cluster;
            int item = Math.min(items - 1, from * CLUSTER + zipf(CLUSTER));
            String type = random.nextInt(20) == 0 ? "purchase" : "view";
            out.write(
                    at + ",u" + user + ",s" + session + String.format(Locale.ROOT, ",item-%06d,", item) + type + "\n");
            at += 1_000 + random.nextInt(60_000);
        }
    }

    /** Geometric, so that the mean is as said. */
    private int length() {
        int length = 1;
        while (random.nextDouble() > 1 / MEAN_LENGTH && length < 200) {
            length++;
        }
        return length;
    }

    /** A rank below {@code ranks}, rank r in proportion to about 1 / (r + 1). */
    private int zipf(int ranks) {
        return Math.min(ranks - 1, (int) StrictMath.pow(ranks + 1, random.nextDouble()) - 1);
    }
}
