package dev.recsys.benchmarks;

import dev.recsys.internal.Digests;
import dev.recsys.store.Sha256;
import dev.recsys.table.RowKeys;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The library's own forms, loaded as a reader loads a local copy: the digest of the bytes is compared with the one that it
 * knows, here from a file beside them, and every byte is checked.
 */
record RecsysForm(String name, TableForm form, boolean mapped) implements ArtifactForm {
    @Override
    public void write(Table exact, Path file) throws IOException {
        try (TableWriter writer = TableWriter.create(file, exact.info(), form, RowKeys.ITEMS)) {
            for (int item = 0; item < exact.itemCount(); item++) {
                writer.item(exact.itemId(item));
            }
            for (int row = 0; row < exact.rowCount(); row++) {
                int length = exact.rowEnd(row) - exact.rowStart(row);
                int[] items = new int[length];
                float[] scores = new float[length];
                for (int i = 0; i < length; i++) {
                    items[i] = exact.item(exact.rowStart(row) + i);
                    scores[i] = exact.score(row, exact.rowStart(row) + i);
                }
                writer.row(exact.rowKey(row), items, scores, length);
            }
            writer.finish();
        }
        Files.writeString(digestOf(file), Digests.of(file).hex());
    }

    @Override
    public Neighbours load(Path file) throws IOException {
        if (!Digests.of(file).equals(new Sha256(Files.readString(digestOf(file))))) {
            throw new IllegalStateException(file + " was altered");
        }
        Table table = mapped ? Table.map(file) : Table.open(file);
        return table::row;
    }

    private static Path digestOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".sha256");
    }

    @Override
    public double tolerance() {
        return form == TableForm.PACKED ? 1 / 510.0 : 0;
    }
}
