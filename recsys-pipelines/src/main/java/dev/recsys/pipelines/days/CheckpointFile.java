package dev.recsys.pipelines.days;

import dev.recsys.DamagedException;
import dev.recsys.store.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The file of a checkpoint: four lines of text, for people as well. */
final class CheckpointFile {
    static final String NAME = "checkpoint";

    private static final String HEAD = "recsys checkpoint 1";
    private static final List<String> FIELDS = List.of("day ", "build ", "release ");

    private CheckpointFile() {}

    static byte[] bytes(Checkpoint checkpoint) {
        String text = HEAD + "\nday " + checkpoint.day() + "\nbuild "
                + checkpoint.build().hex() + "\nrelease " + checkpoint.release() + "\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static Optional<Checkpoint> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
        try {
            if (lines.size() == FIELDS.size() + 1 && lines.get(0).equals(HEAD)) {
                return Optional.of(new Checkpoint(
                        LocalDate.parse(value(lines, 1)),
                        new Sha256(value(lines, 2)),
                        Long.parseLong(value(lines, 3))));
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
        throw damaged(file, "expected the line '" + HEAD + "' and lines with day, build and release");
    }

    private static String value(List<String> lines, int line) {
        String field = FIELDS.get(line - 1);
        if (!lines.get(line).startsWith(field)) {
            throw new IllegalArgumentException("line " + (line + 1) + " does not begin with '" + field + "'");
        }
        return lines.get(line).substring(field.length());
    }

    private static DamagedException damaged(Path file, String what) {
        return new DamagedException(file + " is damaged: " + what
                + ". Delete it, and begin the backfill with the first day that is not shipped.");
    }
}
