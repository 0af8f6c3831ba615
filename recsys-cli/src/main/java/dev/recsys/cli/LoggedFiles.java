package dev.recsys.cli;

import dev.recsys.controls.InvalidDocumentException;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;

/** Files of one kind of a log, read line by line: plain or packed, of several processes beside each other. */
final class LoggedFiles {
    private static final int EXAMPLES = 10;

    private final List<Path> files;
    private final List<Bad> examples = new ArrayList<>();
    private int opened;
    private long lines;
    private long malformed;
    private long torn;

    LoggedFiles(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /**
     * A line that is not as it should be.
     *
     * @param file where
     * @param line its number, from 1
     * @param problem what is wrong
     */
    record Bad(Path file, long line, String problem) {}

    /** Says of a file, when it is its turn, whether it is read. */
    @FunctionalInterface
    interface Wanted {
        boolean test(Path file) throws IOException;
    }

    /** Takes one line. */
    @FunctionalInterface
    interface LineReader {
        void read(byte[] line);
    }

    /**
     * Reads all lines. One that is malformed is counted and passed over, and so is the rest of a packed file that is damaged; a
     * last line without its end that cannot be read is still being written.
     */
    void read(LineReader reader, ProgressListener progress) throws IOException {
        read(file -> true, reader, progress);
    }

    /** Reads all lines of the files that are wanted, in the same way. */
    void read(Wanted wanted, LineReader reader, ProgressListener progress) throws IOException {
        long total = 0;
        for (Path file : files) {
            total += Files.size(file);
        }
        long done = 0;
        for (Path file : files) {
            progress.progress(Phase.READ, done, total + 1);
            done += Files.size(file);
            if (wanted.test(file)) {
                opened++;
                read(file, reader);
            }
        }
        progress.progress(Phase.READ, total + 1, total + 1);
    }

    private void read(Path file, LineReader reader) throws IOException {
        long number = 1;
        try (ExposureLines open = ExposureLines.of(file)) {
            Optional<byte[]> line = open.next();
            while (line.isPresent()) {
                number = open.number();
                lines++;
                read(line.get(), reader, open, file);
                line = open.next();
            }
        } catch (ZipException | EOFException e) {
            malformed(new Bad(file, number, "is damaged from here on: " + e.getMessage()));
        }
    }

    private void read(byte[] line, LineReader reader, ExposureLines open, Path file) {
        try {
            reader.read(line);
        } catch (InvalidDocumentException e) {
            if (open.isTorn()) {
                torn++;
            } else {
                malformed(new Bad(file, open.number(), e.problems().get(0).toString()));
            }
        }
    }

    private void malformed(Bad bad) {
        malformed++;
        if (examples.size() < EXAMPLES) {
            examples.add(bad);
        }
    }

    /** Returns how many files were opened. */
    int files() {
        return opened;
    }

    long lines() {
        return lines;
    }

    long malformed() {
        return malformed;
    }

    long torn() {
        return torn;
    }

    /** Returns the first of the malformed lines. */
    List<Bad> examples() {
        return List.copyOf(examples);
    }

    /** Returns the first of the malformed lines for people, one on a line. */
    String problems() {
        StringBuilder text = new StringBuilder();
        examples.forEach(bad ->
                text.append(String.format(Locale.ROOT, "  %s line %d: %s%n", bad.file(), bad.line(), bad.problem())));
        return text.toString();
    }
}
