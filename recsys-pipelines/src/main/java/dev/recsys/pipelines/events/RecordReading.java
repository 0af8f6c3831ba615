package dev.recsys.pipelines.events;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads events record by record, each as an object. */
final class RecordReading implements FileReading {
    private final ReadTask task;
    private final EventIntake intake;
    private final FieldValues values = new FieldValues();

    RecordReading(ReadTask task, Consumer<Event> events) {
        this.task = task;
        this.intake = new EventIntake(events, task.filter(), task.counts());
    }

    @Override
    public long read(Path path, EventFile file, Runnable isRead) throws IOException {
        RecordSource source = task.records(path, new LineReader(file.in()));
        long records = 0;
        while (take(source, path)) {
            records++;
            isRead.run();
        }
        return records;
    }

    /** Takes the next record; returns whether there was one. */
    boolean take(RecordSource source, Path path) throws IOException {
        try {
            if (!source.next(values)) {
                return false;
            }
            intake.accept(values);
        } catch (LineRefused refused) {
            task.quarantine().add(path, source.line(), refused);
        }
        return true;
    }
}
