package dev.recsys.pipelines.events;

import org.jspecify.annotations.Nullable;

/** Plain lines of separated fields: without a quote, each with as many fields as the first one. */
final class PlainCsv implements PlainFormat {
    private final byte separator;
    private final @Nullable EventField[] fieldOf; // [column]

    private PlainCsv(byte separator, @Nullable EventField[] fieldOf) {
        this.separator = separator;
        this.fieldOf = fieldOf;
    }

    /** Returns what reads a file's plain lines; none is plain where the separator is not one usual character. */
    static PlainFormat of(CsvLayout layout) {
        boolean usual = layout.separator().length() == 1 && ",;|\t".contains(layout.separator());
        long distinct = layout.columns().values().stream().distinct().count();
        if (!usual || distinct < layout.columns().size()) {
            return NONE;
        }
        @Nullable EventField[] fieldOf = new @Nullable EventField[layout.fields()];
        layout.columns().forEach((field, column) -> fieldOf[column] = field);
        return new PlainCsv((byte) layout.separator().charAt(0), fieldOf);
    }

    @Override
    public int read(byte[] bytes, int from, int to, FieldRanges fields) {
        int column = 0;
        int start = from;
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b > '"' && b != separator && b != 0x7F) {
                continue;
            }
            if (b == separator) {
                if (!set(column, start, at, bytes, fields)) {
                    return -1;
                }
                column++;
                start = at + 1;
            } else if (b == '\n') {
                int end = at > start && bytes[at - 1] == '\r' ? at - 1 : at;
                return isWhole(column, at - from) && set(column, start, end, bytes, fields) ? at : -1;
            } else if (b != ' ' && b != '!' && !isBeforeLineEnd(bytes, at, to)) {
                return -1;
            }
        }
        return -1;
    }

    private boolean isWhole(int lastColumn, int lineBytes) {
        return lastColumn + 1 == fieldOf.length && lineBytes <= LineReader.MAX_LINE_BYTES;
    }

    private static boolean isBeforeLineEnd(byte[] bytes, int at, int to) {
        return bytes[at] == '\r' && at + 1 < to && bytes[at + 1] == '\n';
    }

    /** Returns whether there is such a column, and it does not begin with a blank: such a field, or the line, may be blank. */
    private boolean set(int column, int start, int end, byte[] bytes, FieldRanges fields) {
        if (column >= fieldOf.length || (start < end && bytes[start] == ' ')) {
            return false;
        }
        EventField field = fieldOf[column];
        if (field != null) {
            fields.set(field, start, end);
        }
        return true;
    }
}
