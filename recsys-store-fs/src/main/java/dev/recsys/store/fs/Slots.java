package dev.recsys.store.fs;

import dev.recsys.store.BlobKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds a register's newest slot without listing its folder: slots are never deleted and have no gap, so the newest is
 * found by doubling steps from the last one seen and a binary search between. What was seen is a hint, never an answer.
 */
final class Slots {
    private final Disk disk;
    private final Layout layout;
    private final Map<BlobKey, Long> hints = new ConcurrentHashMap<>();

    Slots(Disk disk, Layout layout) {
        this.disk = disk;
        this.layout = layout;
    }

    boolean exists(BlobKey register, long number) throws IOException {
        Path slot = Layout.slot(layout.of(register), number);
        return disk.stat(slot).filter(Disk.Entry::isFile).isPresent();
    }

    /**
     * Returns the number of the newest slot, or 0 if there is none; durable, though another process may have made it.
     */
    long newest(BlobKey register) throws IOException {
        long hint = hints.getOrDefault(register, 0L);
        if (hint > 0 && !exists(register, hint)) {
            hints.remove(register);
            hint = 0;
        }
        long newest = search(register, hint);
        if (newest > hint) {
            disk.syncFolder(layout.of(register));
            saw(register, newest);
        }
        return newest;
    }

    /** Remembers a slot that is there and durable. */
    void saw(BlobKey register, long number) {
        hints.merge(register, number, Math::max);
    }

    void forget(BlobKey register) {
        hints.remove(register);
    }

    private long search(BlobKey register, long from) throws IOException {
        long there = from;
        long step = 1;
        while (exists(register, there + step)) {
            there += step;
            step *= 2;
        }
        long missing = there + step;
        while (missing - there > 1) {
            long middle = there + (missing - there) / 2;
            if (exists(register, middle)) {
                there = middle;
            } else {
                missing = middle;
            }
        }
        return there;
    }
}
