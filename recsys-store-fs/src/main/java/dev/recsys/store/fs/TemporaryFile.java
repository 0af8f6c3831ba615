package dev.recsys.store.fs;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * A file that becomes visible under its final name whole and durable, or never. Written under a unique name beside the
 * target; a writer that is killed leaves that name behind, which nobody reads.
 */
final class TemporaryFile implements AutoCloseable {
    private final Disk disk;
    private final Path path;

    private TemporaryFile(Disk disk, Path path) {
        this.disk = disk;
        this.path = path;
    }

    /** Writes the content of a file. */
    interface Content {
        void writeTo(Disk.NewFile file) throws IOException;
    }

    /** Writes and syncs a file; if either fails there is none. */
    static TemporaryFile write(Disk disk, Path folder, Content content) throws IOException {
        TemporaryFile temporary = new TemporaryFile(disk, Layout.temporaryIn(folder));
        boolean complete = false;
        try (Disk.NewFile file = disk.create(temporary.path)) {
            content.writeTo(file);
            file.sync();
            complete = true;
        } finally {
            if (!complete) {
                temporary.close();
            }
        }
        return temporary;
    }

    /** Writes and syncs a file that holds the bytes. */
    static TemporaryFile write(Disk disk, Path folder, byte[] bytes) throws IOException {
        return write(disk, folder, file -> file.write(bytes, 0, bytes.length));
    }

    Path path() {
        return path;
    }

    /**
     * Gives the file its final name unless that is taken. The name is not durable before its folder is synced.
     *
     * @return false if another file has the name
     */
    boolean linkTo(Path target) throws IOException {
        try {
            disk.link(target, path);
            return true;
        } catch (FileAlreadyExistsException e) {
            // NFS may lose the reply to a link that succeeded and refuse its own retransmission
            return isLinkedTo(target);
        }
    }

    /** Whatever keeps this from being told, the link may be there: no error that would prove the contrary gets out. */
    private boolean isLinkedTo(Path target) throws IOException {
        try {
            return disk.isLinked(path, target);
        } catch (IOException e) {
            throw new IOException("cannot tell whether " + target + " is a link to " + path, e);
        }
    }

    /** Removes the temporary name. One that cannot be removed does no harm, so that is no reason to fail. */
    @Override
    public void close() {
        try {
            disk.delete(path);
        } catch (IOException e) {
            return;
        }
    }
}
