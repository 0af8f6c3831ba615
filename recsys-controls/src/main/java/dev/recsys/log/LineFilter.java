package dev.recsys.log;

import dev.recsys.controls.InvalidDocumentException;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves lines out of a packed file. */
final class LineFilter {
    private static final Logger log = LoggerFactory.getLogger(LogEraser.class);
    static final String UNFINISHED = ".erasing";

    private final Predicate<String> isLeftOut;
    private long removed;
    private long unreadable;

    LineFilter(Predicate<String> isLeftOut) {
        this.isLeftOut = isLeftOut;
    }

    long removed() {
        return removed;
    }

    /** Returns how many lines could not be read, and stay. */
    long unreadable() {
        return unreadable;
    }

    /**
     * Puts another file in the place of one that has such lines; leaves it as it is if it has none, or is gone.
     *
     * @throws IOException if it cannot be read or replaced; then it is as it was, and nothing else is left
     */
    void rewrite(Path packed, Path unfinished) throws IOException {
        try {
            copy(packed, unfinished);
            if (removed > 0 && Files.exists(packed)) {
                FileModes.copy(packed, unfinished);
                force(unfinished);
                Files.move(unfinished, packed, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (NoSuchFileException e) {
            log.debug("{} is kept no longer by somebody's settings", e.getMessage());
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void copy(Path packed, Path unfinished) throws IOException {
        try (FileChannel target = FileModes.create(unfinished);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(packed)), StandardCharsets.UTF_8));
                OutputStream out =
                        new GZIPOutputStream(new BufferedOutputStream(Channels.newOutputStream(target), 1 << 16))) {
            Optional<String> line = Optional.ofNullable(lines.readLine());
            while (line.isPresent()) {
                if (!isLeftOut(line.get())) {
                    out.write((line.get() + "\n").getBytes(StandardCharsets.UTF_8));
                }
                line = Optional.ofNullable(lines.readLine());
            }
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(true);
        }
    }

    private boolean isLeftOut(String line) {
        try {
            boolean isSo = isLeftOut.test(line);
            removed += isSo ? 1 : 0;
            return isSo;
        } catch (InvalidDocumentException e) {
            unreadable++;
            return false;
        }
    }
}
