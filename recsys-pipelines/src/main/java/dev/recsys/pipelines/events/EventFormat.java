package dev.recsys.pipelines.events;

import java.nio.file.Path;
import java.util.Locale;

/** How events are written in a file; each may also be compressed with gzip, which its first bytes tell. */
public enum EventFormat {
    /**
     * Fields with a separator between them, UTF-8: with commas RFC 4180; with any other separator the fields as they are,
     * without quotes.
     */
    CSV,

    /** One JSON object a line, UTF-8. */
    JSONL,

    /** A user and the items that the user had a line, with blanks between them, without times; as published splits are. */
    LISTS;

    /**
     * Returns the format that a file's name stands for: {@code .csv}, {@code .tsv},
     * {@code .dat}, {@code .jsonl}, {@code .ndjson} or {@code .json},
     * with {@code .gz} behind it or not.
     *
     * @throws IllegalArgumentException if the name has none of these
     */
    public static EventFormat of(Path file) {
        String plain = plainName(file);
        if (plain.endsWith(".csv") || plain.endsWith(".tsv") || plain.endsWith(".dat")) {
            return CSV;
        }
        if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson") || plain.endsWith(".json")) {
            return JSONL;
        }
        throw new IllegalArgumentException("Cannot tell the format of " + file
                + " from its name; name it .csv or .jsonl (or .gz of these), or give the format");
    }

    /** Returns the separator that a file's name stands for: a tab for {@code .tsv}, {@code ::} for {@code .dat}, else a comma. */
    static String separatorOf(Path file) {
        String plain = plainName(file);
        if (plain.endsWith(".tsv")) {
            return "\t";
        }
        return plain.endsWith(".dat") ? "::" : ",";
    }

    private static String plainName(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
    }
}
