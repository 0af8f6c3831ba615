package dev.recsys.pipelines.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Plain lines of JSON: one flat object of texts without escapes and of numbers without exponents, each key once. What it takes
 * for plain is well-formed (RFC 8259).
 */
final class PlainJson implements PlainFormat {
    private static final int MAX_KEY_BYTES = 512;
    private static final int MAX_NUMBER_BYTES = 30;
    private static final int OTHER_KEY = -1;
    private static final int NOT_PLAIN = -2;

    private final byte[][] keys; // [key] those of fields, and then the one that an event must not have
    private final EventField[] fields; // [key]

    private PlainJson(byte[][] keys, EventField[] fields) {
        this.keys = keys;
        this.fields = fields;
    }

    /** Returns what reads plain lines; none is plain where a key is that of several fields. */
    static PlainFormat of(EventColumns columns) {
        EventField[] fields = EventField.values();
        byte[][] keys = new byte[fields.length + 1][];
        for (int i = 0; i < fields.length; i++) {
            keys[i] = columns.columnOf(fields[i]).getBytes(StandardCharsets.UTF_8);
        }
        keys[fields.length] = JsonlSource.OF_AN_EXPOSURE.getBytes(StandardCharsets.UTF_8);
        long distinct = Arrays.stream(fields).map(columns::columnOf).distinct().count();
        return distinct < fields.length ? NONE : new PlainJson(keys, fields);
    }

    @Override
    public int read(byte[] bytes, int from, int to, FieldRanges ranges) {
        ranges.clear();
        int at = pastBlanks(bytes, from, to);
        if (at == to || bytes[at] != '{') {
            return -1;
        }
        int seen = 0; // [key] as bits
        do {
            int keyStart = pastBlanks(bytes, at + 1, to) + 1;
            int keyEnd = endOfText(bytes, keyStart, to);
            int key = keyEnd < 0 ? NOT_PLAIN : keyOf(bytes, keyStart, keyEnd);
            if (key == NOT_PLAIN || (key != OTHER_KEY && (seen & 1 << key) != 0)) {
                return -1;
            }
            seen |= key == OTHER_KEY ? 0 : 1 << key;
            int colon = pastBlanks(bytes, keyEnd + 1, to);
            if (colon == to || bytes[colon] != ':') {
                return -1;
            }
            at = pastValue(bytes, pastBlanks(bytes, colon + 1, to), to, key, ranges);
        } while (at >= 0 && at < to && bytes[at] == ',');
        return at < 0 || at == to || bytes[at] != '}' ? -1 : lineEnd(bytes, from, at + 1, to);
    }

    /** Returns where the value and the blanks behind it end, or -1 if it is not plain. */
    private int pastValue(byte[] bytes, int start, int to, int key, FieldRanges ranges) {
        if (start == to) {
            return -1;
        }
        boolean isText = bytes[start] == '"';
        int textStart = isText ? start + 1 : start;
        int end = isText ? endOfText(bytes, textStart, to) : endOfNumber(bytes, start, to);
        if (end < 0 || (end > textStart && bytes[textStart] == ' ')) {
            return -1;
        }
        if (key != OTHER_KEY) {
            ranges.set(fields[key], textStart, end);
        }
        return pastBlanks(bytes, isText ? end + 1 : end, to);
    }

    /** Returns the number of a key, whether it is another one, or that its line is not plain. */
    private int keyOf(byte[] bytes, int start, int end) {
        for (int key = 0; key < keys.length; key++) {
            if (Arrays.equals(keys[key], 0, keys[key].length, bytes, start, end)) {
                return key < fields.length ? key : NOT_PLAIN;
            }
        }
        return end - start <= MAX_KEY_BYTES ? OTHER_KEY : NOT_PLAIN;
    }

    /** Returns where the closing quote of a text is that begins after an opening one, or -1 if it is not plain. */
    private static int endOfText(byte[] bytes, int start, int to) {
        if (start > to || bytes[start - 1] != '"') {
            return -1;
        }
        int at = start;
        while (at < to && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\' && bytes[at] != 0x7F) {
            at++;
        }
        return at < to && bytes[at] == '"' ? at : -1;
    }

    private static int endOfNumber(byte[] bytes, int start, int to) {
        int whole = bytes[start] == '-' ? start + 1 : start;
        int end = pastDigits(bytes, whole, to);
        boolean leadingZero = end - whole > 1 && bytes[whole] == '0';
        if (end == whole || leadingZero) {
            return -1;
        }
        if (end < to && bytes[end] == '.') {
            int fraction = end + 1;
            end = pastDigits(bytes, fraction, to);
            if (end == fraction) {
                return -1;
            }
        }
        return end - start <= MAX_NUMBER_BYTES ? end : -1;
    }

    private static int pastDigits(byte[] bytes, int start, int to) {
        int at = start;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private static int pastBlanks(byte[] bytes, int start, int to) {
        int at = start;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return Math.min(at, to);
    }

    private static int lineEnd(byte[] bytes, int from, int end, int to) {
        int at = pastBlanks(bytes, end, to);
        if (at < to && bytes[at] == '\r') {
            at++;
        }
        boolean isEnd = at < to && bytes[at] == '\n' && at - from <= LineReader.MAX_LINE_BYTES;
        return isEnd ? at : -1;
    }
}
