package dev.recsys.benchmarks;

import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One form of a table of neighbours: how it is written to a file, and how it comes from there into memory. */
interface ArtifactForm {
    /** Returns what it is called in the table. */
    String name();

    /** Writes what the exact table holds. */
    void write(Table exact, Path file) throws IOException;

    /** Brings the file into memory, ready to be asked. */
    Neighbours load(Path file) throws IOException;

    /** Returns by how much of a row's best score a score may differ from the exact one. */
    double tolerance();

    /** A table in memory. */
    interface Neighbours {
        /** Returns the neighbours of an item, best first. */
        List<ScoredItem> row(String id);
    }
}
