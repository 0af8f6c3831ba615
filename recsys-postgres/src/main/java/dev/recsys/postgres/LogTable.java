package dev.recsys.postgres;

import dev.recsys.control.Exposure;
import dev.recsys.control.Outcome;
import dev.recsys.controls.ExposureDocument;
import dev.recsys.controls.OutcomeDocument;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of a log: a line of a file as it is, and beside it what is asked for. */
enum LogTable {
    EXPOSURE("exposure", "surface", "user_id", "request_id", "release::bigint", "experiment", "variant", "body::json"),
    OUTCOME("outcome", "surface", "user_id", "request_id", "type", "body::json");

    private static final int MOST_BYTES = 2_048; // of a name: an entry of an index is bounded

    private final String table;
    private final String insert;
    private final int columns;

    /** Has these columns, with casts. */
    LogTable(String table, String... columns) {
        this.table = table;
        this.insert = insert(List.of(columns));
        this.columns = columns.length;
    }

    String table() {
        return "recsys." + table;
    }

    int columns() {
        return columns;
    }

    /** Returns the statement whose parameters are tenant, sink, numbers, times, and an array of texts for each column. */
    String insert() {
        return insert;
    }

    private String insert(List<String> casts) {
        String names = casts.stream().map(LogTable::name).collect(Collectors.joining(", "));
        String values = casts.stream()
                .map(column -> column.replaceFirst("^([a-z_]+)", "nullif(given.$1, '')"))
                .collect(Collectors.joining(", "));
        return "insert into " + table() + " (tenant, sink, number, at, " + names
                + ") select ?, ?, given.number, given.at, " + values + " from unnest(?::bigint[], ?::timestamptz[]"
                + ", ?::text[]".repeat(casts.size()) + ") given (number, at, " + names + ") on conflict do nothing";
    }

    private static String name(String column) {
        return column.replaceFirst(":.*", "");
    }

    /**
     * Makes the row of an exposure.
     *
     * @throws IllegalArgumentException if a name in it is too long, or no text that PostgreSQL has
     */
    static LogRow of(long number, Exposure shown) {
        var request = shown.request();
        var assignment = shown.answer().assignment();
        return new LogRow(
                EXPOSURE,
                request.scope().tenant(),
                shown.at(),
                number,
                List.of(
                        request.scope().surface(),
                        text("user", request.user().orElse("")),
                        text("request_id", request.requestId().orElse("")),
                        Long.toString(shown.answer().release()),
                        text(
                                "experiment",
                                assignment.map(known -> known.experiment()).orElse("")),
                        text("variant", assignment.map(known -> known.variant()).orElse("")),
                        ExposureDocument.write(shown)));
    }

    /** As {@link #of(long, Exposure)}, of an outcome. */
    static LogRow of(long number, Outcome outcome) {
        return new LogRow(
                OUTCOME,
                outcome.scope().tenant(),
                outcome.at(),
                number,
                List.of(
                        outcome.scope().surface(),
                        text("user", outcome.user()),
                        text("request_id", outcome.requestId().orElse("")),
                        text("type", outcome.type()),
                        OutcomeDocument.write(outcome)));
    }

    private static String text(String what, String value) {
        if (!OutcomeBounds.isText(value, MOST_BYTES)) {
            throw new IllegalArgumentException(
                    what + " is no text of at most " + MOST_BYTES + " bytes that PostgreSQL can keep");
        }
        return value;
    }
}
