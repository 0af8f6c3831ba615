package dev.recsys.pipelines;

import dev.recsys.pipelines.events.ReadReport;
import dev.recsys.sums.TablesState;

/**
 * What a fill did.
 *
 * @param state what the tables hold now; its {@link TablesState#cutSessions} bounds how they differ from one window
 * @param read what became of the lines that were read, those of the days beside the filled ones included
 */
public record FillReport(TablesState state, ReadReport read) {}
