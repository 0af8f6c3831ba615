package dev.recsys.store.fs;

import dev.recsys.DamagedException;
import dev.recsys.store.BlobKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds a register's newest slot. Slots are never deleted and have no gap. The first look lists the folder, and takes a
 * gap for the damage it is; every later look goes on from the last slot seen, by doubling steps and a binary search
 * between, without a listing. What was seen is a hint, never an answer.
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
        long newest = search(register, hint > 0 ? hint : listed(register));
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

    private long listed(BlobKey register) throws IOException {
        Path folder = layout.of(register);
        Optional<Disk.Entry> entry = disk.stat(folder);
        if (entry.isEmpty()) {
            return 0;
        }
        if (!entry.get().isFolder()) {
            throw new DamagedException("Register " + register + " is no folder of slots at " + folder
                    + ". Somebody replaced it; restore the folder from a backup.");
        }
        Set<Long> numbers = new TreeSet<>();
        for (String name : disk.names(folder)) {
            Layout.slotNumber(name).ifPresent(numbers::add);
        }
        long expected = 1;
        for (long number : numbers) {
            for (; expected < number; expected++) {
                requireSlot(register, expected, number);
            }
            expected = number + 1;
        }
        return expected - 1;
    }

    /** A listing may overlook a slot that was made meanwhile; a slot that is missing stays so. */
    private void requireSlot(BlobKey register, long number, long later) throws IOException {
        if (!exists(register, number)) {
            throw new DamagedException("Register " + register + " lost its slot " + number + ", while slot " + later
                    + " is there: " + Layout.slot(layout.of(register), number)
                    + ". Slots are never deleted; restore it from a backup, and exempt the store from clean-ups.");
        }
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
