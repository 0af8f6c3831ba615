package dev.recsys.store.fs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the store asks of a file system. A seam: the tests put a disk in its place that loses power, fills up or breaks
 * one of the promises below.
 */
interface Disk {
    /** What a name stands for. */
    enum Kind {
        FILE,
        FOLDER,
        OTHER
    }

    /** A name that is there; the size means something for files only. */
    record Entry(Kind kind, long sizeBytes) {
        boolean isFile() {
            return kind == Kind.FILE;
        }

        boolean isFolder() {
            return kind == Kind.FOLDER;
        }
    }

    /** A new file while it is written. */
    interface NewFile extends AutoCloseable {
        void write(byte[] bytes, int offset, int length) throws IOException;

        /** Makes the content durable. After a failure it never will be: the file is abandoned. */
        void sync() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Returns what is at a path, or empty if certainly nothing is. */
    Optional<Entry> stat(Path path) throws IOException;

    /** Opens a file. Throws {@link java.nio.file.NoSuchFileException} if certainly nothing is there. */
    InputStream open(Path file) throws IOException;

    /** Creates a file that must not exist. */
    NewFile create(Path file) throws IOException;

    /** Gives a file a second name, atomically; {@link java.nio.file.FileAlreadyExistsException} if that name is taken. */
    void link(Path newName, Path file) throws IOException;

    /** Returns whether a file, made under a unique name, has got the second name. */
    boolean isLinked(Path file, Path secondName) throws IOException;

    /** Creates one folder in an existing one; {@link java.nio.file.FileAlreadyExistsException} if the name is taken. */
    void createFolder(Path folder) throws IOException;

    /** Makes durable which names a folder holds. */
    void syncFolder(Path folder) throws IOException;

    /** Returns the names in a folder, in no order. */
    List<String> names(Path folder) throws IOException;

    /** Returns when a name's content was last changed, by the clock of the file system. */
    Instant modifiedAt(Path path) throws IOException;

    /** Removes a name. Throws {@link java.nio.file.NoSuchFileException} if it is not there. */
    void delete(Path path) throws IOException;
}
