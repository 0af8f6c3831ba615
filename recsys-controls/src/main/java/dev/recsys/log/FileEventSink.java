package dev.recsys.log;

import dev.recsys.control.EventSink;
import dev.recsys.control.Exposure;
import dev.recsys.controls.ExposureDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was shown to files in a folder, a JSON object a line as {@link ExposureDocument} has it, without anybody
 * waiting for a disk.
 *
 * <ul>
 *   <li>{@link #exposed} puts the record into a bounded queue, without a lock or I/O. Where the queue is full the new record is
 *       dropped and counted. One daemon thread makes lines and writes them in batches.
 *   <li>A batch that the disk refuses is written again until it is there. A record counts in exactly one number of
 *       {@link #stats}.
 *   <li>If the process is killed, what was queued and the batch under way are lost, and the files stay readable: the next
 *       start cuts a line without its end off, and counts what is lost, to the record. What was taken is counted in a page of
 *       a file, which outlives the process; after a loss of power the page may be older.
 *   <li>Files are named after the time at which they were begun and the process; several processes may share a folder. They are
 *       begun anew by size and age, and then packed to {@code .jsonl.gz}, which appear whole. Others than the owner and the
 *       group cannot read them, where the file system tells.
 * </ul>
 *
 * <p>The user is written as a name of {@link PseudonymKeys}, and of the request's context only what {@link Builder#keepContext}
 * names, for the host may have put anything there. Such a record can be replayed as any other, to the same list: ranking reads
 * neither, and the seed that followed from the user is in the record. What replay cannot do is to tell whose list it was, or to
 * ask a history again. A request without an id is given one, so that each line has its own. The user's recent items stay, for the list was made of them: many of them together may tell who somebody
 * is, so that files stay personal data. Safe for concurrent use.
 */
public final class FileEventSink extends QueuedLog implements EventSink {
    static final String KIND = "exposures";

    private final LogWriter<Exposure, byte[]> writer;

    private FileEventSink(LogWriter<Exposure, byte[]> writer) {
        super(writer);
        this.writer = writer;
    }

    /** Starts with a folder, which is made if it is not there. Whose names are written must be said. */
    public static Builder builder(Path folder) {
        return new Builder(folder);
    }

    /** Collects how records are written; not safe for concurrent use. */
    public static final class Builder {
        private final Path folder;
        private LogSettings settings = LogSettings.DEFAULT;
        private InstantSource clock = InstantSource.system();
        private Disk disk = new LocalDisk();
        private Optional<Supplier<String>> requestIds = Optional.empty();
        private Set<String> contextKeys = Set.of();
        private @Nullable Redaction redaction;

        private Builder(Path folder) {
            this.folder = folder;
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

        /** Writes users' ids and the whole context as they are, where the law and whoever reads the files allow it. */
        public Builder rawUsers() {
            this.redaction = Redaction.rawUsers();
            return this;
        }

        /**
         * Says which entries of the request's context are written, such as {@code campaign}; by default none is. Experiment and
         * variant are in the answer anyway.
         */
        public Builder keepContext(Set<String> keys) {
            this.contextKeys = Set.copyOf(keys);
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

        /** Says how requests are named that have no id; by default at random. Asked on the writer's thread. */
        public Builder requestIds(Supplier<String> ids) {
            this.requestIds = Optional.of(ids);
            return this;
        }

        Builder disk(Disk other) {
            this.disk = other;
            return this;
        }

        /**
         * Takes over what ended processes left in the folder, and starts the writer.
         *
         * @throws IllegalStateException if neither {@link #pseudonyms} nor {@link #rawUsers} was said
         * @throws UncheckedIOException if the folder cannot be made or read
         */
        public FileEventSink build() {
            Redaction chosen = redaction;
            if (chosen == null) {
                throw new IllegalStateException(
                        "Nothing says how users are written to " + folder + "; call pseudonyms(keys) or rawUsers().");
            }
            Redaction kept = chosen.keepContext(contextKeys);
            Redaction written = requestIds.map(kept::requestIds).orElse(kept);
            try {
                LogFiles files = new LogFiles(folder, KIND, settings, clock, disk);
                LogWriter<Exposure, byte[]> writer = LogWriter.start(
                        "recsys-" + KIND,
                        exposure -> line(ExposureDocument.write(written.of(exposure))),
                        new LineFiles(files),
                        settings);
                return new FileEventSink(writer);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write to the folder " + folder, e);
            }
        }
    }

    /** Returns a line with its end. */
    static byte[] line(String json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void exposed(Exposure exposure) {
        writer.offer(exposure);
    }
}
