package dev.recsys.pipelines.events;

/**
 * Finds the fields of plain lines: ASCII without control characters, without quotes or escapes that mean something, with a
 * line end, as nearly all lines are. What is plain is what can be told in one pass; any other line goes the long way,
 * which decides what it is. Immutable.
 */
interface PlainFormat {
    /** Takes no line for plain. */
    PlainFormat NONE = (bytes, from, to, fields) -> -1;

    /**
     * Looks at the line that begins at {@code from}.
     *
     * @param to where the bytes end, exclusive
     * @param fields is told where the fields are
     * @return where the line's LF is, or -1 if it is not plain; what the fields were told is of no use then
     */
    int read(byte[] bytes, int from, int to, FieldRanges fields);
}
