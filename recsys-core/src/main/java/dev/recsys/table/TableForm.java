package dev.recsys.table;

/** How a table stores the score of an entry. */
public enum TableForm {
    /**
     * Four bytes an entry: a 24-bit item and 8 bits of score, relative to the best score of the row. Holds up to
     * 16,777,216 items. The order within a row is exact; a score is exact to 1/510 of the row's best.
     */
    PACKED(1),

    /** Eight bytes an entry: a 32-bit item and a 32-bit floating point score. */
    EXACT(2);

    /** The most items a packed table can number. */
    static final int MAX_PACKED_ITEMS = 1 << 24;

    private final int code;

    TableForm(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    int entryBytes() {
        return this == PACKED ? Integer.BYTES : Integer.BYTES + Float.BYTES;
    }
}
