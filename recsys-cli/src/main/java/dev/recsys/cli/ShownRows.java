package dev.recsys.cli;

import dev.recsys.eval.JoinedList;
import dev.recsys.eval.LoggedItem;
import dev.recsys.eval.LoggedOutcome;
import dev.recsys.eval.OutcomeKinds;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes one row for each item that was shown, as CSV that {@code estimate} reads. The file is there once it is whole. */
final class ShownRows implements Closeable {
    private final Path file;
    private final Path temporary;
    private final OutcomeKinds kinds;
    private final BufferedWriter out;

    private ShownRows(Path file, Path temporary, OutcomeKinds kinds) throws IOException {
        this.file = file;
        this.temporary = temporary;
        this.kinds = kinds;
        this.out = Files.newBufferedWriter(temporary);
    }

    static ShownRows to(Path file, OutcomeKinds kinds) throws IOException {
        ShownRows rows = new ShownRows(file, file.resolveSibling(file.getFileName() + ".tmp"), kinds);
        rows.out.write(String.join(",", ActionColumns.parse(List.of()).names().values()) + "\n");
        return rows;
    }

    void add(JoinedList joined) {
        try {
            for (int index = 0; index < joined.list().items().size(); index++) {
                LoggedItem item = joined.list().items().get(index);
                boolean isClicked = joined.outcomes().getOrDefault(index, List.of()).stream()
                        .map(LoggedOutcome::type)
                        .anyMatch(kinds.clicks()::contains);
                String id = '"' + item.item().replace("\"", "\"\"") + '"';
                out.write(id + "," + (index + 1) + "," + (isClicked ? 1 : 0) + "," + item.propensity() + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + temporary, e);
        }
    }

    /** Puts the file in its place. */
    void finish() throws IOException {
        out.close();
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(temporary);
    }
}
