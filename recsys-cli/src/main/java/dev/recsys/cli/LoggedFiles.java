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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** Files of one kind of a log, as the sinks write them into folders: plain or packed, several processes beside each other. */
final class LoggedFiles {
    private static final String PLAIN = ".jsonl";
    private static final String PACKED = ".jsonl.gz";
    private static final int EXAMPLES = 10;

    private final List<Path> files;
    private final List<Bad> examples = new ArrayList<>();
    private long lines;
    private long malformed;
    private long torn;

    private LoggedFiles(List<Path> files) {
        this.files = files;
    }

    /**
     * A line that is not as it should be.
     *
     * @param file where
     * @param line its number, from 1
     * @param problem what is wrong
     */
    record Bad(Path file, long line, String problem) {}

    /** Takes one line. */
    @FunctionalInterface
    interface LineReader {
        void read(byte[] line);
    }

    /**
     * Finds files. Of a folder those whose names begin with the kind; of one that is there plain and packed, the packed one.
     *
     * @param kind {@code exposures} or {@code outcomes}
     * @throws IllegalArgumentException if a folder has none
     */
    static LoggedFiles of(List<Path> places, String kind) throws IOException {
        SortedMap<String, Path> found = new TreeMap<>();
        for (Path place : places) {
            List<Path> inside = Files.isDirectory(place) ? inside(place, kind) : List.of(place);
            if (inside.isEmpty()) {
                throw new IllegalArgumentException(place + " has no file " + kind + "-*" + PLAIN + " or " + kind + "-*"
                        + PACKED + "; name the folder that the sink writes to, or files");
            }
            inside.forEach(file ->
                    found.merge(stem(file), file, (one, other) -> one.toString().endsWith(PACKED) ? one : other));
        }
        return new LoggedFiles(List.copyOf(found.values()));
    }

    private static List<Path> inside(Path folder, String kind) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().startsWith(kind + "-"))
                    .filter(file ->
                            file.toString().endsWith(PLAIN) || file.toString().endsWith(PACKED))
                    .toList();
        }
    }

    private static String stem(Path file) {
        String name = file.toAbsolutePath().normalize().toString();
        return name.endsWith(PACKED) ? name.substring(0, name.length() - ".gz".length()) : name;
    }

    /**
     * Reads all lines. One that is malformed is counted and passed over, and so is the rest of a packed file that is damaged; a
     * last line without its end that cannot be read is still being written.
     */
    void read(LineReader reader, ProgressListener progress) throws IOException {
        long total = 0;
        for (Path file : files) {
            total += Files.size(file);
        }
        long done = 0;
        for (Path file : files) {
            progress.progress(Phase.READ, done, total + 1);
            done += Files.size(file);
            read(file, reader);
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

    int files() {
        return files.size();
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
}
