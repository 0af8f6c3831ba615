package dev.recsys.log;

import dev.recsys.control.Outcome;
import dev.recsys.controls.OutcomeDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what users did: tells it to histories at once, so that the next request knows, and writes it to files in a folder, a
 * JSON object a line as {@link OutcomeDocument} has it, which builds read as events. Files, queue and what becomes of a killed
 * process are those of {@link FileEventSink}; both may share a folder. Histories are told the user's id; the files have names
 * of {@link PseudonymKeys}, the same as in the records of what was shown. Safe for concurrent use.
 */
public final class OutcomeRecorder extends QueuedLog {
    private static final Logger log = LoggerFactory.getLogger(OutcomeRecorder.class);
    static final String KIND = "outcomes";

    private final List<Consumer<Outcome>> histories;
    private final LogWriter<Outcome, byte[]> writer;

    private OutcomeRecorder(List<Consumer<Outcome>> histories, LogWriter<Outcome, byte[]> writer) {
        super(writer);
        this.histories = histories;
        this.writer = writer;
    }

    /** Starts with a folder, which is made if it is not there. Whose names are written must be said. */
    public static Builder builder(Path folder) {
        return new Builder(folder);
    }

    /** Collects how outcomes are recorded; not safe for concurrent use. */
    public static final class Builder {
        private final Path folder;
        private final List<Consumer<Outcome>> histories = new ArrayList<>();
        private LogSettings settings = LogSettings.DEFAULT;
        private InstantSource clock = InstantSource.system();
        private @Nullable Redaction redaction;

        private Builder(Path folder) {
            this.folder = folder;
        }

        /** Tells outcomes to a history, such as {@code history::record}; it must take them without waiting. */
        public Builder history(Consumer<Outcome> history) {
            histories.add(history);
            return this;
        }

        /** Writes users under the names that the current key gives. */
        public Builder pseudonyms(PseudonymKeys keys) {
            return pseudonyms(() -> keys);
        }

        /** As {@link #pseudonyms(PseudonymKeys)}, with keys that may be rotated meanwhile; they are asked on the writer's thread. */
        public Builder pseudonyms(Supplier<PseudonymKeys> keys) {
            this.redaction = Redaction.pseudonyms(keys);
            return this;
        }

        /** Writes users' ids as they are, where the law and whoever reads the files allow it. */
        public Builder rawUsers() {
            this.redaction = Redaction.rawUsers();
            return this;
        }

        /** Says how files are written, {@link LogSettings#DEFAULT} by default. */
        public Builder settings(LogSettings other) {
            this.settings = other;
            return this;
        }

        /** Takes the time from elsewhere: that of files' names and ages. */
        public Builder clock(InstantSource other) {
            this.clock = other;
            return this;
        }

        /**
         * Takes over what ended processes left in the folder, and starts the writer.
         *
         * @throws IllegalStateException if neither {@link #pseudonyms} nor {@link #rawUsers} was said
         * @throws UncheckedIOException if the folder cannot be made or read
         */
        public OutcomeRecorder build() {
            Redaction chosen = redaction;
            if (chosen == null) {
                throw new IllegalStateException(
                        "Nothing says how users are written to " + folder + "; call pseudonyms(keys) or rawUsers().");
            }
            try {
                LogFiles files = new LogFiles(folder, KIND, settings, clock, new LocalDisk());
                LogWriter<Outcome, byte[]> writer = LogWriter.start(
                        "recsys-" + KIND,
                        outcome -> FileEventSink.line(OutcomeDocument.write(chosen.of(outcome))),
                        new LineFiles(files),
                        settings);
                return new OutcomeRecorder(List.copyOf(histories), writer);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write to the folder " + folder, e);
            }
        }
    }

    /**
     * Records an outcome without waiting. A history that fails is logged and changes nothing for the others.
     *
     * @return whether it is queued for the file; if not, it is counted as dropped
     */
    public boolean record(Outcome outcome) {
        for (Consumer<Outcome> history : histories) {
            try {
                history.accept(outcome);
            } catch (RuntimeException e) {
                log.error("a history did not take an outcome: {}", e.toString());
            }
        }
        return writer.offer(outcome);
    }
}
