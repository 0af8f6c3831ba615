package dev.recsys.pipelines.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One record of RFC 4180 and where its fields lie; may grow by lines while a quoted field is open. */
final class CsvRecord {
    private byte[] bytes = new byte[1024];
    private int length;
    private int[] starts = new int[16]; // [field]
    private int[] ends = new int[16]; // [field]
    private int fields;
    private int fieldStart;
    private boolean open;

    /** Begins a record with its first line. */
    void begin(byte[] line, int lineLength) throws LineRefused {
        length = 0;
        fields = 0;
        fieldStart = 0;
        append(line, lineLength);
        open = length > 0 && bytes[0] == '"';
        scan(open ? 1 : 0);
    }

    /** Adds the next line to the quoted field that is open. */
    void add(byte[] line, int lineLength) throws LineRefused {
        if (length + 1 + lineLength > LineReader.MAX_LINE_BYTES) {
            throw LineRefused.malformed("has a quoted field that does not end within " + LineReader.MAX_LINE_BYTES
                    + " bytes; expected a closing quote");
        }
        int from = length;
        append(new byte[] {'\n'}, 1);
        append(line, lineLength);
        scan(from);
    }

    /** Returns whether a quoted field goes on in the next line. */
    boolean isOpen() {
        return open;
    }

    int fields() {
        return fields;
    }

    String field(int field) {
        int start = starts[field];
        int end = ends[field];
        if (start == end || bytes[start] != '"') {
            return new String(bytes, start, end - start, StandardCharsets.UTF_8);
        }
        return new String(bytes, start + 1, end - start - 2, StandardCharsets.UTF_8).replace("\"\"", "\"");
    }

    private void scan(int from) throws LineRefused {
        int at = from;
        while (true) {
            at = open ? closingQuote(at) + 1 : indexOf(',', at);
            if (open && at > length) {
                return;
            }
            if (at < length && bytes[at] != ',') {
                throw LineRefused.malformed("has text after a closing quote");
            }
            endField(at);
            open = at + 1 < length && bytes[at + 1] == '"';
            if (at >= length) {
                return;
            }
            fieldStart = at + 1;
            at = open ? fieldStart + 1 : fieldStart;
        }
    }

    /** Returns where the open field's closing quote is, or the length if it is not there; a doubled quote is text. */
    private int closingQuote(int from) {
        int quote = indexOf('"', from);
        while (quote + 1 < length && bytes[quote + 1] == '"') {
            quote = indexOf('"', quote + 2);
        }
        return quote;
    }

    private int indexOf(char c, int from) {
        int at = Math.min(from, length);
        while (at < length && bytes[at] != c) {
            at++;
        }
        return at;
    }

    private void endField(int end) {
        if (fields == starts.length) {
            starts = Arrays.copyOf(starts, fields * 2);
            ends = Arrays.copyOf(ends, fields * 2);
        }
        starts[fields] = fieldStart;
        ends[fields] = end;
        fields++;
    }

    private void append(byte[] line, int lineLength) {
        if (length + lineLength > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + lineLength, bytes.length * 2));
        }
        System.arraycopy(line, 0, bytes, length, lineLength);
        length += lineLength;
    }
}
