package dev.recsys.examples;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Two months of a small shop: 300 items such as {@code tea-darjeeling-classic}, 2,000 users, 60,000 events. The same seed
 * gives the same bytes, on every JDK and on every day. Immutable.
 */
public final class ShopEvents {
    /** The shop's tenant name. */
    public static final String TENANT = "corner-shop";

    /** Where the shop shows recommendations. */
    public static final String SURFACE = "home";

    /** The events end before this. */
    public static final Instant END = Instant.parse("2026-11-01T00:00:00Z");

    /** The events begin so long before their end. */
    public static final Duration SPAN = Duration.ofDays(60);

    private static final int EVENTS = 60_000;
    private static final int USERS = 2_000;

    private static final List<String> MALFORMED = List.of(
            "{\"event_id\":\"cut-off\",\"ts\":\"2026-10-12T08:",
            "{\"event_id\":\"no-item\",\"ts\":\"2026-10-12T08:00:00Z\",\"type\":\"view\",\"user\":\"user-0001\"}",
            "{\"event_id\":\"bad-time\",\"ts\":\"yesterday\",\"type\":\"view\",\"user\":\"user-0001\",\"item\":\"x\"}",
            "ts=2026-10-12 user=user-0001 item=tea-darjeeling-classic");

    private final List<ShopEvent> events;
    private final int duplicates;
    private final int malformedLines;

    private ShopEvents(List<ShopEvent> events, int duplicates, int malformedLines) {
        this.events = events;
        this.duplicates = duplicates;
        this.malformedLines = malformedLines;
    }

    /** Makes the shop's events up. */
    public static ShopEvents shop(long seed) {
        return new ShopEvents(ShopVisits.make(seed, EVENTS, USERS, END, SPAN), 0, 0);
    }

    /** Writes so many events twice, as a client that retries does; at most half of all. */
    public ShopEvents withDuplicates(int count) {
        if (count < 0 || count > events.size() / 2) {
            throw new IllegalArgumentException("duplicates is " + count + "; expected 0 to " + events.size() / 2);
        }
        return new ShopEvents(events, count, malformedLines);
    }

    /** Puts so many lines that are no events between the others; at most half as many as there are events. */
    public ShopEvents withMalformedLines(int count) {
        if (count < 0 || count > events.size() / 2) {
            throw new IllegalArgumentException("malformed lines is " + count + "; expected 0 to " + events.size() / 2);
        }
        return new ShopEvents(events, duplicates, count);
    }

    /** Returns the events, oldest first, each once. */
    public List<ShopEvent> events() {
        return events;
    }

    /**
     * Writes one JSON object a line, with the fields {@code event_id, ts, tenant, surface, type, user, session, item} and,
     * where they are known, {@code value} and {@code segment}.
     *
     * @param file is replaced if it exists
     * @return the file
     * @throws IOException if it cannot be written
     */
    public Path writeJsonl(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (int i = 0; i < events.size(); i++) {
                String line = events.get(i).json(TENANT, SURFACE);
                out.append(line).append('\n');
                if (isOneOf(duplicates, i)) {
                    out.append(line).append('\n');
                }
                if (isOneOf(malformedLines, i)) {
                    out.append(MALFORMED.get(i % MALFORMED.size())).append('\n');
                }
            }
        }
        return file;
    }

    /** Spreads so many evenly over all events. */
    private boolean isOneOf(int count, int event) {
        long size = events.size();
        return count * (event + 1L) / size > count * (long) event / size;
    }
}
