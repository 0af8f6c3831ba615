package dev.recsys.table;

/** What the rows of a table are named by. */
public enum RowKeys {
    /** Row {@code i} belongs to item {@code i}: its neighbours. */
    ITEMS(1),

    /** Rows have labels of their own, such as segments; the empty label stands for everybody. */
    LABELS(2);

    private final int code;

    RowKeys(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
