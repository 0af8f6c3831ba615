package dev.recsys.cli;

import dev.recsys.controls.ExposureDocument;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The lines of a file of records, one after the other, whatever bytes they have. */
final class ExposureLines implements Closeable {
    private static final int LONGEST = 3 * ExposureDocument.MAX_CHARS + 1; // a character has at most 3 bytes

    private final InputStream in;
    private long number;
    private long bytesRead;
    private boolean isTorn;

    private ExposureLines(InputStream in) {
        this.in = in;
    }

    /** Opens a file; one whose name ends in {@code .gz} is unpacked. */
    @SuppressWarnings("resource") // handed on, and closed where it could not be unpacked
    static ExposureLines of(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            return new ExposureLines(new BufferedInputStream(plain, 1 << 16));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** Returns the next line that is not blank; of one that is too long only as much as shows that. */
    Optional<byte[]> next() throws IOException {
        while (true) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int last = readLine(line);
            number++;
            isTorn = last < 0;
            if (line.size() > 0 && !line.toString(StandardCharsets.UTF_8).isBlank()) {
                return Optional.of(line.toByteArray());
            }
            if (last < 0) {
                return Optional.empty();
            }
        }
    }

    /** Returns the byte after the line, -1 at the end of the file. */
    private int readLine(ByteArrayOutputStream line) throws IOException {
        int next = in.read();
        while (next >= 0 && next != '\n') {
            bytesRead++;
            if (line.size() < LONGEST) {
                line.write(next);
            }
            next = in.read();
        }
        bytesRead += next < 0 ? 0 : 1;
        return next;
    }

    /** Returns the number of the line that was returned last, from 1. */
    long number() {
        return number;
    }

    /** Returns whether the line that was returned last has no end: somebody may be writing it. */
    boolean isTorn() {
        return isTorn;
    }

    long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
