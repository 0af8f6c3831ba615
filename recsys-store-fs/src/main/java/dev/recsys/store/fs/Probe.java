package dev.recsys.store.fs;

import dev.recsys.UnsafeStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Arrays;

/** Tries out, in a folder of its own, what the store needs of a file system; some do not keep it, or only pretend to. */
final class Probe {
    private static final String CONTENT = "what was written";

    private final Disk disk;
    private final Path root;

    private Probe(Disk disk, Path root) {
        this.disk = disk;
        this.root = root;
    }

    /**
     * Tries everything out, and leaves nothing behind.
     *
     * @throws UnsafeStoreException if a rule is broken, which the message names
     * @throws IOException if it cannot be tried: no permission, no space
     */
    static void run(Disk disk, Path root, Abandoned abandoned) throws IOException {
        new Probe(disk, root).run(abandoned);
    }

    private void run(Abandoned abandoned) throws IOException {
        Path folder = Layout.temporaryIn(root);
        Path file = folder.resolve("file");
        Path link = folder.resolve("link");
        Path other = folder.resolve("other");
        disk.createFolder(folder);
        try {
            abandoned.removeBeside(folder);
            write(file, CONTENT.getBytes(StandardCharsets.UTF_8));
            write(other, new byte[] {0, 1, 2});
            requireLink(file, link);
            requireLinkCount(file, link, other);
            requireRefusal(link, other);
            requireFolderSync(folder);
        } finally {
            for (Path path : new Path[] {file, link, other, folder}) {
                deleteIfThere(path);
            }
        }
    }

    private void write(Path file, byte[] bytes) throws IOException {
        try (Disk.NewFile created = disk.create(file)) {
            created.write(bytes, 0, bytes.length);
            created.sync();
        }
        requireContent(file, bytes, "a file reads back byte for byte");
    }

    private void requireContent(Path file, byte[] expected, String rule) throws IOException {
        try (InputStream in = disk.open(file)) {
            byte[] found = in.readAllBytes();
            if (!Arrays.equals(found, expected)) {
                throw broken(rule, "wrote " + expected.length + " bytes and read " + found.length + " others");
            }
        }
    }

    private void requireLink(Path file, Path link) throws IOException {
        String rule = "a file can have a second name (hard link)";
        try {
            disk.link(link, file);
        } catch (UnsupportedOperationException e) {
            throw broken(rule, e.toString());
        } catch (IOException e) {
            if (DiskErrors.leavesNoDoubt(e)) {
                throw e;
            }
            throw broken(rule, e.toString());
        }
        requireContent(link, CONTENT.getBytes(StandardCharsets.UTF_8), rule);
    }

    private void requireLinkCount(Path file, Path link, Path unlinked) throws IOException {
        String rule = "a file tells whether it has a second name (link count)";
        try {
            if (!disk.isLinked(file, link) || disk.isLinked(unlinked, link)) {
                throw broken(rule, "it told wrongly");
            }
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            throw broken(rule, e.toString());
        }
    }

    /** The rule on which everything rests: of several that take one name, one wins. */
    private void requireRefusal(Path taken, Path other) throws IOException {
        String rule = "a name that is taken is refused to a second file";
        try {
            disk.link(taken, other);
        } catch (FileAlreadyExistsException e) {
            requireContent(taken, CONTENT.getBytes(StandardCharsets.UTF_8), rule);
            return;
        }
        throw broken(rule, "the second file got it");
    }

    private void requireFolderSync(Path folder) throws IOException {
        try {
            disk.syncFolder(folder);
        } catch (IOException e) {
            throw broken("a folder can be synced, so that a new name survives a loss of power", e.toString());
        }
    }

    private UnsafeStoreException broken(String rule, String found) {
        return new UnsafeStoreException("the file system of " + root + " cannot hold a store. The rule it breaks: "
                + rule + ". Found: " + found + ". Use a local disk (ext4, xfs, APFS, NTFS) or NFS version 4");
    }

    private void deleteIfThere(Path path) {
        try {
            disk.delete(path);
        } catch (IOException e) {
            return; // a leftover has a temporary name and does no harm
        }
    }
}
