package dev.recsys.cli;

import dev.recsys.control.Exposure;
import dev.recsys.controls.ExposureDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of records of what was shown, one on a line. */
final class ExposureFile {
    private ExposureFile() {}

    /** Appends a record with one write; the file is made if it is missing. */
    static void append(Path file, Exposure exposure) throws IOException {
        byte[] line = (ExposureDocument.write(exposure) + "\n").getBytes(StandardCharsets.UTF_8);
        Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }
}
