package dev.recsys.pipelines;

import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.EventSpiller;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Where the events of a build come from, for memory or for files. */
interface EventInput {
    /** Reads all events if they and their ids take no more than that; empty if they would. */
    Optional<EventReader.Result> readWithin(long limitBytes, ProgressListener listener) throws IOException;

    /** Reads all events into files. */
    EventReader.Spilled read(EventSpiller spiller, ProgressListener listener) throws IOException;

    /** Events of files that people have. */
    record OfFiles(EventReader reader) implements EventInput {
        @Override
        public Optional<EventReader.Result> readWithin(long limitBytes, ProgressListener listener) throws IOException {
            return reader.withListener(listener).readWithin(limitBytes);
        }

        @Override
        public EventReader.Spilled read(EventSpiller spiller, ProgressListener listener) throws IOException {
            return reader.withListener(listener).read(spiller);
        }
    }

    /** Events of days that are kept. */
    record OfDays(DayFolder days, DayWindow window, Set<String> ignoredTypes) implements EventInput {
        @Override
        public Optional<EventReader.Result> readWithin(long limitBytes, ProgressListener listener) throws IOException {
            return days.readWithin(limitBytes, window, ignoredTypes, listener);
        }

        @Override
        public EventReader.Spilled read(EventSpiller spiller, ProgressListener listener) throws IOException {
            return days.read(spiller, window, ignoredTypes, listener);
        }
    }
}
