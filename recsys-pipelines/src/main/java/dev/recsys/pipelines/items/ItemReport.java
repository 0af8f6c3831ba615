package dev.recsys.pipelines.items;

import dev.recsys.pipelines.events.RejectedLine;
import java.util.List;

/**
 * What became of the lines of a file of items: {@code lines == items + malformed}.
 *
 * @param lines records that are not blank, the header not counted
 * @param items lines that became items
 * @param malformed lines that are not as they should be
 * @param malformedLines the first {@value dev.recsys.pipelines.events.ReadReport#MAX_LISTED} malformed lines, in their order
 */
public record ItemReport(long lines, long items, long malformed, List<RejectedLine> malformedLines) {
    /** Copies the list. */
    public ItemReport {
        malformedLines = List.copyOf(malformedLines);
    }
}
