package dev.recsys.store.fs;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The small JSON file that says: this folder is a store. Without it nothing in the folder counts, so that a mount that is
 * away, or a folder that was moved, never reads as a store in which everything is absent.
 */
final class Marker {
    private static final int FORMAT = 1;
    private static final int MAX_BYTES = 4096;
    private static final Pattern FORMAT_FIELD = Pattern.compile("\"format\"\\s*:\\s*([0-9]{1,9})\\b");

    private final Disk disk;
    private final Layout layout;

    Marker(Disk disk, Layout layout) {
        this.disk = disk;
        this.layout = layout;
    }

    /**
     * Checks that the store is there and that this version can use it.
     *
     * @throws StoreUnavailableException if there is no marker
     * @throws NewerFormatException if a newer version of recsys wrote it
     */
    void require() throws IOException {
        Path file = layout.marker();
        String text;
        try (InputStream in = disk.open(file)) {
            text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new StoreUnavailableException(
                    "there is no store at " + layout.root() + ": " + file.getFileName()
                            + " is missing. Mount the disk or"
                            + " correct the path; `ship --create`, or FileBlobStore.create, makes a new, empty store",
                    e);
        }
        requireFormat(file, text);
    }

    private static void requireFormat(Path file, String text) {
        Matcher format = FORMAT_FIELD.matcher(text);
        if (!format.find()) {
            throw new DamagedException(file + " is damaged: expected a JSON object with a \"format\", found "
                    + text.length() + " characters without one; restore the file from a backup");
        }
        int found = Integer.parseInt(format.group(1));
        if (found > FORMAT) {
            throw new NewerFormatException(file + " has the format " + found + ", which a newer recsys wrote; this one"
                    + " knows up to " + FORMAT + ". Upgrade recsys in this process");
        }
    }

    boolean isThere() throws IOException {
        return disk.stat(layout.marker()).isPresent();
    }

    /** Writes the marker unless another process is faster, which is as good. */
    void create() throws IOException {
        String json = "{\"format\":" + FORMAT + ",\"store_id\":\"" + UUID.randomUUID() + "\"}\n";
        try (TemporaryFile temporary =
                TemporaryFile.write(disk, layout.root(), json.getBytes(StandardCharsets.UTF_8))) {
            temporary.linkTo(layout.marker());
            disk.syncFolder(layout.root());
        }
    }
}
