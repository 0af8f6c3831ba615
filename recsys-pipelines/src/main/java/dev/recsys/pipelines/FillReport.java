package dev.recsys.pipelines;

import dev.recsys.pipelines.events.ReadReport;
import dev.recsys.sums.TablesState;

/**
 * What a fill did.
 *
 * @param state what the tables hold now
 * @param read what became of the lines that were read, those of the days beside the filled ones included
 * @param cutSessions how many sessions go on beyond the days that were filled, as far as the events tell: by so many at
 *     most the number of sessions of a pair or an item differs from what one window gives
 */
public record FillReport(TablesState state, ReadReport read, long cutSessions) {}
