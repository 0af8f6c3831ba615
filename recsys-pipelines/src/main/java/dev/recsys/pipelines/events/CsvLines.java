package dev.recsys.pipelines.events;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The records of a CSV file. A malformed record costs the line in which it begins and no other: reading goes on with
 * the next line, so that one stray quote does not swallow the rest of a file.
 */
final class CsvLines implements FieldLines {
    private final LineReader reader;
    private final Deque<Line> readAhead = new ArrayDeque<>();
    private final CsvRecord csv = new CsvRecord();
    private long line;

    CsvLines(LineReader reader) {
        this.reader = reader;
    }

    @Override
    public int fields() {
        return csv.fields();
    }

    @Override
    public String field(int field) {
        return csv.field(field);
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public boolean isAhead() {
        return !readAhead.isEmpty();
    }

    @Override
    public boolean next() throws IOException, LineRefused {
        while (!readAhead.isEmpty()) {
            Line next = readAhead.remove();
            if (read(next.bytes, next.bytes.length, next.number, next.tooLong)) {
                return true;
            }
        }
        while (reader.next()) {
            if (read(reader.bytes(), reader.length(), reader.number(), reader.isTooLong())) {
                return true;
            }
        }
        return false;
    }

    private boolean read(byte[] bytes, int length, long number, boolean tooLong) throws IOException, LineRefused {
        line = number;
        LineCheck.requireLength(tooLong);
        if (LineCheck.isBlank(bytes, length)) {
            return false;
        }
        LineCheck.requireText(bytes, length);
        csv.begin(bytes, length);
        if (csv.isOpen()) {
            readOn();
        }
        return true;
    }

    private void readOn() throws IOException, LineRefused {
        List<Line> taken = new ArrayList<>();
        try {
            while (csv.isOpen()) {
                Line next = take();
                taken.add(next);
                LineCheck.requireLength(next.tooLong);
                LineCheck.requireText(next.bytes, next.bytes.length);
                csv.add(next.bytes, next.bytes.length);
            }
        } catch (LineRefused e) {
            for (int i = taken.size() - 1; i >= 0; i--) {
                readAhead.addFirst(taken.get(i));
            }
            throw e;
        }
    }

    private Line take() throws IOException, LineRefused {
        if (!readAhead.isEmpty()) {
            return readAhead.remove();
        }
        if (!reader.next()) {
            throw LineRefused.atEnd("has a quoted field that does not end; expected a closing quote");
        }
        byte[] copy = reader.isTooLong() ? new byte[0] : Arrays.copyOf(reader.bytes(), reader.length());
        return new Line(copy, reader.number(), reader.isTooLong());
    }

    /** A line that was read ahead. */
    private static final class Line {
        private final byte[] bytes;
        private final long number;
        private final boolean tooLong;

        Line(byte[] bytes, long number, boolean tooLong) {
            this.bytes = bytes;
            this.number = number;
            this.tooLong = tooLong;
        }
    }
}
