package dev.recsys.serve;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes files that are whole and durable under their names, or not there. Several processes may write into one folder:
 * what they are writing has names of their own, which tell whether the writer still lives.
 */
class LocalDisk {
    private static final boolean WINDOWS = File.separatorChar == '\\';
    private static final String TEMPORARY = ".tmp-";

    private final ProcessMark process = ProcessMark.current();

    /** Writes the content of a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    ProcessMark process() {
        return process;
    }

    /** Writes a file, over another of that name; whatever fails, there is the one before or none. */
    void write(Path target, Content content) throws IOException {
        Path folder = target.toAbsolutePath().resolveSibling("");
        ensure(folder);
        Path temporary = Files.createTempFile(folder, TEMPORARY + process + "-", "");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                content.writeTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(temporary);
        }
        sync(folder);
    }

    /** Refuses what is larger than the room that is left, as far as the disk tells. */
    void requireRoom(Path folder, long sizeBytes) throws IOException {
        ensure(folder);
        long freeBytes = freeBytes(folder);
        if (freeBytes < sizeBytes) {
            throw new IOException("No space left on device: " + sizeBytes + " bytes are needed, " + freeBytes
                    + " are free. Make room; it is tried again.");
        }
    }

    /** Returns how many bytes can be written; more than enough if the disk does not tell. */
    long freeBytes(Path folder) {
        File file = folder.toFile();
        return file.getTotalSpace() == 0 ? Long.MAX_VALUE : file.getUsableSpace();
    }

    /** Makes a folder, durably. */
    void ensure(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.resolveSibling("");
        ensure(parent);
        Files.createDirectories(folder); // another process may have made it meanwhile
        sync(parent);
    }

    /** Deletes a file if that is possible; one that stays is deleted another time. */
    void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) { // on Windows, while somebody reads it
            return;
        }
    }

    /** Deletes what processes that are gone were writing. */
    void sweep(Path folder) throws IOException {
        for (Path file : list(folder, TEMPORARY, "")) {
            String rest = file.getFileName().toString().substring(TEMPORARY.length());
            Optional<ProcessMark> writer = ProcessMark.parse(rest);
            if (writer.isPresent() && !writer.get().isAlive()) {
                delete(file);
            }
        }
    }

    /** Lists the files of a folder with such names, in no order; none if there is no such folder. */
    static List<Path> list(Path folder, String begin, String end) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, entry -> {
            String name = entry.getFileName().toString();
            return name.startsWith(begin) && name.endsWith(end);
        })) {
            entries.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    /** Windows cannot open a folder and makes names durable by itself. */
    private static void sync(Path folder) throws IOException {
        if (WINDOWS) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
