package dev.recsys.pipelines;

import dev.recsys.pipelines.evaluate.BasketMetrics;
import dev.recsys.pipelines.events.ReadReport;
import java.time.Instant;

/**
 * What an evaluation found.
 *
 * @param split where training ends and test begins
 * @param trainEvents the number of events before the split
 * @param metrics the figures
 * @param read what became of the lines that were read
 */
public record EvaluationReport(Instant split, long trainEvents, BasketMetrics metrics, ReadReport read) {}
