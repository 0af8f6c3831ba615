package dev.recsys.postgres;

import java.time.Instant;
import java.util.List;

/**
 * A line of a log as a row.
 *
 * @param table which it goes to
 * @param tenant whose it is
 * @param at when it happened
 * @param number names it among those of its sink
 * @param columns the others, the line last; empty for what is absent
 */
record LogRow(LogTable table, String tenant, Instant at, long number, List<String> columns) {
    int chars() {
        return columns.get(columns.size() - 1).length();
    }
}
