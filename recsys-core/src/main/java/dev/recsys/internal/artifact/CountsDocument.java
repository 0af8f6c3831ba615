package dev.recsys.internal.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.TableCounts;
import dev.recsys.internal.JsonDocument;
import java.util.Optional;

/** The counts of a table as the object {@code counts} of an artifact, which may be missing. */
public final class CountsDocument {
    private static final String FIELD = "counts";
    private static final long MOST = Integer.MAX_VALUE; // of what a table numbers

    private CountsDocument() {}

    /** Reads the counts of an artifact. */
    public static Optional<TableCounts> parse(JsonDocument artifact) {
        return artifact.optionalObject(FIELD)
                .map(counts -> new TableCounts(
                        counts.number("items", 0, MOST),
                        counts.number("labels", 0, MOST),
                        counts.number("name_bytes", 0, 2 * MOST),
                        counts.number("entries", 0, MOST)));
    }

    /** Adds counts to an artifact. */
    public static void put(ObjectNode artifact, Optional<TableCounts> counts) {
        counts.ifPresent(known -> artifact.putObject(FIELD)
                .put("items", known.items())
                .put("labels", known.labels())
                .put("name_bytes", known.nameBytes())
                .put("entries", known.entries()));
    }
}
