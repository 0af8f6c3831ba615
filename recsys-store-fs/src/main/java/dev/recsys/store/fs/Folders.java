package dev.recsys.store.fs;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes folders that last. A folder that another process made a moment ago may not be durable yet, so every level that
 * this handle has not made sure of is synced, whoever made it.
 */
final class Folders {
    private final Disk disk;
    private final Path root;
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    Folders(Disk disk, Path root) {
        this.disk = disk;
        this.root = root;
    }

    /**
     * Makes a folder below the root, and what is missing between.
     *
     * @throws IllegalArgumentException if a blob has the name of one of them
     */
    void ensure(Path folder) throws IOException {
        Path above = root;
        for (Path name : root.relativize(folder)) {
            Path next = above.resolve(name);
            if (!next.equals(root) && !durable.contains(next)) {
                createIfMissing(next);
                disk.syncFolder(above);
                durable.add(next);
            }
            above = next;
        }
    }

    /** Makes sure of everything again: something that was there is gone. */
    void forget() {
        durable.clear();
    }

    private void createIfMissing(Path folder) throws IOException {
        try {
            disk.createFolder(folder);
        } catch (FileAlreadyExistsException e) {
            if (disk.stat(folder).filter(Disk.Entry::isFile).isPresent()) {
                throw new IllegalArgumentException(
                        root.relativize(folder) + " is a blob, so no key can go below it; choose another key");
            }
        }
    }
}
