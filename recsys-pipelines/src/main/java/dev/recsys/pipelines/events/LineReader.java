package dev.recsys.pipelines.events;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines at LF or CRLF. A line over the limit is passed over without being kept, so that no
 * input takes more memory than the limit.
 */
final class LineReader {
    static final int MAX_LINE_BYTES = 1 << 20;

    private final InputStream in;
    private final byte[] buffer;
    private int next;
    private int end;
    private byte[] line = new byte[1024];
    private int length;
    private long number;
    private boolean tooLong;

    LineReader(InputStream in) {
        this(in, new byte[1 << 16]);
    }

    private LineReader(InputStream in, byte[] buffer) {
        this.in = in;
        this.buffer = buffer;
    }

    /** Reads bytes that are there already, from the first on. */
    static LineReader over(byte[] bytes, int length) {
        LineReader reader = new LineReader(InputStream.nullInputStream(), bytes);
        reader.end = length;
        return reader;
    }

    /** Reads the next line; returns whether there was one. */
    boolean next() throws IOException {
        length = 0;
        tooLong = false;
        if (next == end && !fill()) {
            return false;
        }
        number++;
        do {
            int newline = newline();
            keep(next, newline);
            next = Math.min(end, newline + 1);
            if (newline < end) {
                dropCarriageReturn();
                return true;
            }
        } while (fill());
        return true;
    }

    /**
     * Reads the next line that is not blank.
     *
     * @return whether there was one
     * @throws LineRefused if it is longer than the limit or no text; the one after it can be read
     */
    boolean nextText() throws IOException, LineRefused {
        while (next()) {
            LineCheck.requireLength(tooLong);
            if (!LineCheck.isBlank(line, length)) {
                LineCheck.requireText(line, length);
                return true;
            }
        }
        return false;
    }

    /** Returns the current line as text. */
    String text() {
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    /** Returns the current line's bytes, from 0 to {@link #length()}; overwritten by the next line. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /** Returns the current line's number, from 1. */
    long number() {
        return number;
    }

    /** Returns what follows the current line. */
    InputStream rest() {
        return new SequenceInputStream(new ByteArrayInputStream(buffer, next, end - next), in);
    }

    /** Returns where the next line begins in bytes that were there already. */
    int position() {
        return next;
    }

    /** Passes lines over: goes on where the next one begins, after the line of that number. */
    void moveTo(int position, long lineNumber) {
        next = position;
        number = lineNumber;
    }

    /** Returns whether the line had more than {@value #MAX_LINE_BYTES} bytes; its bytes are then not all there. */
    boolean isTooLong() {
        return tooLong;
    }

    private int newline() {
        int at = next;
        while (at < end && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    private void keep(int from, int to) {
        int needed = length + to - from;
        if (tooLong || needed > MAX_LINE_BYTES) {
            tooLong = true;
            return;
        }
        if (needed > line.length) {
            line = Arrays.copyOf(line, Math.max(needed, line.length * 2));
        }
        System.arraycopy(buffer, from, line, length, to - from);
        length = needed;
    }

    private void dropCarriageReturn() {
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer);
        if (read <= 0) {
            return false;
        }
        next = 0;
        end = read;
        return true;
    }
}
