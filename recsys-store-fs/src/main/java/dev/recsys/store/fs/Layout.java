package dev.recsys.store.fs;

import dev.recsys.store.BlobKey;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Where things are below the root: a blob at its key's path; a register as a folder of that path, with one file for each
 * value it ever had, numbered from 1 without a gap. Names that begin with a dot are the store's own, for no key has one.
 */
record Layout(Path root) {
    private static final String TEMPORARY = ".tmp-";
    private static final int SLOT_DIGITS = 20;

    Path of(BlobKey key) {
        return root.resolve(key.path());
    }

    /** Returns the folder that a blob lies in. */
    Path folderOf(BlobKey blob) {
        String path = blob.path();
        return root.resolve(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
    }

    Path marker() {
        return root.resolve(".recsys-store");
    }

    static Path slot(Path register, long number) {
        return register.resolve(String.format(Locale.ROOT, "%020d", number));
    }

    /** Returns the number of the slot that has a name, if the name is a slot's. */
    static OptionalLong slotNumber(String name) {
        boolean isSlot = name.length() == SLOT_DIGITS && name.chars().allMatch(c -> c >= '0' && c <= '9');
        return isSlot ? OptionalLong.of(Long.parseLong(name)) : OptionalLong.empty();
    }

    static Path temporaryIn(Path folder) {
        return folder.resolve(TEMPORARY + UUID.randomUUID());
    }

    static boolean isTemporary(String name) {
        return name.startsWith(TEMPORARY);
    }
}
