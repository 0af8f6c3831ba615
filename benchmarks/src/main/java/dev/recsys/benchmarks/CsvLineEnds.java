package dev.recsys.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bound: reads the bytes of the file once and finds its line ends. */
final class CsvLineEnds implements NeighbourBuild {
    private final Path file;
    private long lines;

    CsvLineEnds(Path file) {
        this.file = file;
    }

    @Override
    public void build() throws IOException {
        byte[] buffer = new byte[1 << 18];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                lines += lineEnds(buffer, read);
            }
        }
        if (lines == 0) {
            throw new IllegalStateException(file + " has no lines");
        }
    }

    private static int lineEnds(byte[] buffer, int length) {
        int ends = 0;
        for (int i = 0; i < length; i++) {
            ends += buffer[i] == '\n' ? 1 : 0;
        }
        return ends;
    }

    @Override
    public void rows(RowTaker taker) {}
}
