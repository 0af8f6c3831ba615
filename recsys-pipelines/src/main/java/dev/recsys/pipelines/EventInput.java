package dev.recsys.pipelines;

import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.EventSpiller;
import dev.recsys.pipelines.events.EventsBuilder;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.util.Set;

/** Where the events of a build come from, for memory or for files. */
interface EventInput {
    /** Reads all events into memory. */
    EventReader.Result read(EventsBuilder builder, ProgressListener listener) throws IOException;

    /** Reads all events into files. */
    EventReader.Spilled read(EventSpiller spiller, ProgressListener listener) throws IOException;

    /** Events of files that people have. */
    record OfFiles(EventReader reader) implements EventInput {
        @Override
        public EventReader.Result read(EventsBuilder builder, ProgressListener listener) {
            return reader.withListener(listener).read(builder);
        }

        @Override
        public EventReader.Spilled read(EventSpiller spiller, ProgressListener listener) throws IOException {
            return reader.withListener(listener).read(spiller);
        }
    }

    /** Events of days that are kept. */
    record OfDays(DayFolder days, DayWindow window, Set<String> ignoredTypes) implements EventInput {
        @Override
        public EventReader.Result read(EventsBuilder builder, ProgressListener listener) throws IOException {
            return days.read(builder, window, ignoredTypes, listener);
        }

        @Override
        public EventReader.Spilled read(EventSpiller spiller, ProgressListener listener) throws IOException {
            return days.read(spiller, window, ignoredTypes, listener);
        }
    }
}
