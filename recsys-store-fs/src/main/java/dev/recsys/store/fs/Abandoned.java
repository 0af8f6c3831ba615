package dev.recsys.store.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Removes the temporary names that killed writers left in a folder, when a writer makes a new one there. Safe at any age:
 * a writer that still lives and finds its temporary file gone fails without effect. The age only spares slow writers
 * that. Its times are all the file system's own, so that no clock of another machine is compared with them.
 */
final class Abandoned {
    private static final Duration AGE = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofHours(1);

    private final Disk disk;
    private final Map<Path, Instant> lookedAt = new ConcurrentHashMap<>();

    Abandoned(Disk disk) {
        this.disk = disk;
    }

    /** Looks, at most once an hour, in the folder of a temporary name that was made a moment ago. Never fails. */
    void removeBeside(Path justMade) {
        Path folder = justMade.resolveSibling("");
        try {
            Instant now = disk.modifiedAt(justMade);
            Instant last = lookedAt.getOrDefault(folder, Instant.MIN);
            if (now.minus(PAUSE).isBefore(last)) {
                return;
            }
            lookedAt.put(folder, now);
            for (String name : disk.names(folder)) {
                if (Layout.isTemporary(name)) {
                    removeIfOld(folder.resolve(name), now.minus(AGE));
                }
            }
        } catch (IOException e) {
            return; // what is left does no harm
        }
    }

    private void removeIfOld(Path path, Instant before) {
        try {
            if (disk.modifiedAt(path).isBefore(before)) {
                remove(path);
            }
        } catch (IOException e) {
            return; // its writer, or another one who looked, was faster
        }
    }

    /** A probe that was killed leaves a folder with a few files. */
    private void remove(Path path) throws IOException {
        if (disk.stat(path).filter(Disk.Entry::isFolder).isPresent()) {
            for (String name : disk.names(path)) {
                disk.delete(path.resolve(name));
            }
        }
        disk.delete(path);
    }
}
