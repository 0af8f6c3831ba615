package dev.recsys.cli;

import dev.recsys.Scope;
import dev.recsys.control.Exposure;
import dev.recsys.controls.ExposureDocument;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The newest records of a surface in the files of a log: at most so many, which are kept as they were read. Files come newest
 * first; one that was last written before the oldest record that is kept is not opened, once there are enough.
 */
final class RecentExposures {
    private static final Comparator<Line> OLDEST_FIRST = Comparator.<Line, Instant>comparing(line -> line.at)
            .thenComparing(line -> line.utf8, Arrays::compareUnsigned);

    private final Scope scope;
    private final int most;
    private final PriorityQueue<Line> kept = new PriorityQueue<>(OLDEST_FIRST);
    private long elsewhere;

    /** A record as it was read. */
    private static final class Line {
        private final Instant at;
        private final byte[] utf8;

        private Line(Instant at, byte[] utf8) {
            this.at = at;
            this.utf8 = utf8;
        }
    }

    RecentExposures(Scope scope, int most) {
        this.scope = scope;
        this.most = most;
    }

    /** Reads files, the newest first. */
    void read(LoggedFiles newestFirst, ProgressListener progress) throws IOException {
        newestFirst.read(this::mayBeNewer, this::take, progress);
    }

    private boolean mayBeNewer(Path file) throws IOException {
        return kept.size() < most || !LogFiles.writtenBy(file).isBefore(kept.element().at);
    }

    private void take(byte[] utf8) {
        Exposure exposure = ExposureDocument.read(utf8);
        if (!exposure.request().scope().equals(scope)) {
            elsewhere++;
            return;
        }
        Line line = new Line(exposure.at(), utf8);
        if (kept.size() == most && OLDEST_FIRST.compare(line, kept.element()) <= 0) {
            return;
        }
        kept.add(line);
        if (kept.size() > most) {
            kept.remove();
        }
    }

    int size() {
        return kept.size();
    }

    /** Returns the records in no order that means anything. */
    Iterable<Exposure> exposures() {
        return () -> kept.stream().map(line -> ExposureDocument.read(line.utf8)).iterator();
    }

    /** Returns how many records of other surfaces were met. */
    long elsewhere() {
        return elsewhere;
    }
}
