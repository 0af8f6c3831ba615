package dev.recsys.pipelines.days;

import dev.recsys.Scope;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.events.EventFilter;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.progress.ProgressListener;
import java.util.Optional;
import java.util.Set;

/**
 * Reads raw files day by day.
 *
 * @param source which files, and how they are written
 * @param maxBad the largest share of malformed lines, from 0 to 1
 * @param listener hears of progress
 */
public record DayReader(EventReader.Source source, double maxBad, ProgressListener listener) {
    /**
     * Reads a surface's events of every type.
     *
     * @param days which days; empty takes all
     * @throws dev.recsys.pipelines.events.BadEventsException if a file is missing, unreadable or cut off, or too many
     *     lines are malformed
     * @throws IllegalArgumentException if a file lacks a column, or its format cannot be told
     */
    public EventReader.Days read(Scope scope, Optional<DayWindow> days) {
        Optional<Window> span = days.map(DayWindow::span);
        return new EventReader(source, new EventFilter(Optional.of(scope), span, Set.of()), maxBad, listener)
                .readDays();
    }
}
