package dev.recsys.pipelines;

import dev.recsys.pipelines.evaluate.Figures;
import dev.recsys.pipelines.evaluate.Protocol;
import dev.recsys.pipelines.events.ReadReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an evaluation found.
 *
 * @param protocol what was asked
 * @param split where training ended, if it ended at an instant
 * @param trainEvents the number of events of training
 * @param trainUsers the number of users in training
 * @param rows the figures: of what is served first; then, in a comparison, of each signal alone
 * @param choices what was chosen inside training, if anything was
 * @param read what became of the lines that were read
 */
public record EvaluationReport(
        Protocol protocol,
        Optional<Instant> split,
        long trainEvents,
        int trainUsers,
        List<Row> rows,
        List<Choice> choices,
        ReadReport read) {
    /**
     * The figures of one way to recommend.
     *
     * @param name a signal's, or {@code blend} of several
     * @param settings its formula and weights in words
     * @param figures what was measured
     */
    public record Row(String name, String settings, Figures figures) {}

    /** Copies the lists. */
    public EvaluationReport {
        rows = List.copyOf(rows);
        choices = List.copyOf(choices);
    }

    /** Returns the figures of what is served. */
    public Figures figures() {
        return rows.get(0).figures();
    }
}
