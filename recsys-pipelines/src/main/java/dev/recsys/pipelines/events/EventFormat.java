package dev.recsys.pipelines.events;

import java.nio.file.Path;
import java.util.Locale;

/** How events are written in a file; each may also be compressed with gzip, which its first bytes tell. */
public enum EventFormat {
    /** RFC 4180 with a header line: commas, double quotes, UTF-8. */
    CSV,

    /** One JSON object a line, UTF-8. */
    JSONL;

    /**
     * Returns the format that a file's name stands for: {@code .csv}, {@code .jsonl}, {@code .ndjson} or {@code .json},
     * with {@code .gz} behind it or not.
     *
     * @throws IllegalArgumentException if the name has none of these
     */
    public static EventFormat of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
        if (plain.endsWith(".csv")) {
            return CSV;
        }
        if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson") || plain.endsWith(".json")) {
            return JSONL;
        }
        throw new IllegalArgumentException("Cannot tell the format of " + file
                + " from its name; name it .csv or .jsonl (or .gz of these), or give the format");
    }
}
