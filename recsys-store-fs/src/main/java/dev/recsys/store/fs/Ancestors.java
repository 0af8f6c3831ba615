package dev.recsys.store.fs;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the root of a new store, and what is missing above it, so that they last. */
final class Ancestors {
    private final Disk disk;

    Ancestors(Disk disk) {
        this.disk = disk;
    }

    /** Makes a folder; one that is there is made sure of, for a maker that was killed may have left it half way. */
    void ensure(Path folder) throws IOException {
        @Nullable Path above = folder.getParent();
        if (above == null) {
            return;
        }
        ensure(above);
        if (disk.stat(folder).isEmpty()) {
            create(folder);
            disk.syncFolder(above);
        } else {
            syncIfPossible(above);
        }
    }

    private void create(Path folder) throws IOException {
        try {
            disk.createFolder(folder);
        } catch (FileAlreadyExistsException e) {
            if (disk.stat(folder).filter(Disk.Entry::isFolder).isEmpty()) {
                throw e;
            }
        }
    }

    /** What others made long ago lasts, even above folders that may not be opened or cannot be synced (autofs). */
    private void syncIfPossible(Path folder) {
        try {
            disk.syncFolder(folder);
        } catch (IOException e) {
            return;
        }
    }
}
