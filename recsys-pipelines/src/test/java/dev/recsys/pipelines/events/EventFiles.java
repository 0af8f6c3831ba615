package dev.recsys.pipelines.events;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes files of events for tests. */
public final class EventFiles {
    private EventFiles() {}

    public static Path lines(Path file, String... lines) throws IOException {
        return lines(file, List.of(lines));
    }

    public static Path lines(Path file, List<String> lines) throws IOException {
        return bytes(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes, compressed if the name ends in .gz. */
    public static Path bytes(Path file, byte[] bytes) throws IOException {
        OutputStream plain = Files.newOutputStream(file);
        try (OutputStream out = file.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            out.write(bytes);
        }
        return file;
    }
}
