package dev.recsys.proofs.kill;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Follows a journal that another process writes. */
final class JournalTail {
    private final Path file;
    private long position;

    JournalTail(Path file) {
        this.file = file;
    }

    /** Returns the fields of every line that was finished since the last call. */
    List<List<String>> next() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(in.length() - position)];
            in.seek(position);
            in.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            position += whole.getBytes(StandardCharsets.UTF_8).length;
            List<List<String>> lines = new ArrayList<>();
            whole.lines().forEach(line -> lines.add(List.of(line.split("\t", -1))));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + file + " cannot be read", e);
        }
    }
}
