package dev.recsys.cli.page;

import java.util.ArrayList;
import java.util.List;

/** Rows and columns; the first column is text, the others are figures. Not safe for concurrent use. */
public final class DataTable extends Block {
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    private DataTable(List<String> head) {
        this.head = head;
    }

    /** Starts with the names of the columns. */
    public static DataTable of(String... head) {
        return new DataTable(List.of(head));
    }

    /** Adds a row, of as many cells as there are columns. */
    public DataTable row(String... cells) {
        if (cells.length != head.size()) {
            throw new IllegalArgumentException("a row has " + cells.length + " cells; expected " + head.size());
        }
        rows.add(List.of(cells));
        return this;
    }

    @Override
    void write(Markup out) {
        out.open("div", "class", "table").open("table").open("thead").open("tr");
        head.forEach(name -> out.element("th", name, "scope", "col"));
        out.close().close().open("tbody");
        for (List<String> row : rows) {
            out.open("tr").element("th", row.get(0), "scope", "row");
            row.stream().skip(1).forEach(cell -> out.element("td", cell));
            out.close();
        }
        out.close().close().close();
    }
}
