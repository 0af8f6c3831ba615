package dev.recsys.store.fs;

import dev.recsys.StoreUnavailableException;
import dev.recsys.UnsafeStoreException;
import java.io.IOException;
import java.nio.file.Path;

/** The folder as a whole: whether it is there, whether it can be written to, where things are in it. */
final class StoreFolder {
    private final Disk disk;
    private final Layout layout;
    private final Marker marker;
    private final Folders folders;
    private final Abandoned abandoned;
    private boolean probed;

    StoreFolder(Disk disk, Layout layout) {
        this.disk = disk;
        this.layout = layout;
        this.marker = new Marker(disk, layout);
        this.folders = new Folders(disk, layout.root());
        this.abandoned = new Abandoned(disk);
    }

    Disk disk() {
        return disk;
    }

    Layout layout() {
        return layout;
    }

    Folders folders() {
        return folders;
    }

    /** Writes and syncs a file under a temporary name in a folder. In passing, what killed writers left there goes. */
    TemporaryFile temporary(Path in, TemporaryFile.Content content) throws IOException {
        TemporaryFile temporary = TemporaryFile.write(disk, in, content);
        abandoned.removeBeside(temporary.path());
        return temporary;
    }

    /**
     * Makes "there is no such object" an answer with authority.
     *
     * @throws StoreUnavailableException if the store itself is not there
     */
    void requireThere() throws IOException {
        marker.require();
    }

    /**
     * Goes on with a write only if the store is there and its file system keeps the promises, which is tried out once.
     *
     * @throws StoreUnavailableException if the store is not there
     * @throws UnsafeStoreException if the file system breaks a promise
     */
    void requireWritable() throws IOException {
        marker.require();
        probeOnce();
    }

    private synchronized void probeOnce() throws IOException {
        if (!probed) {
            Probe.run(disk, layout.root(), abandoned);
            disk.syncFolder(layout.root()); // the marker may be so new that its maker has not come to this
            probed = true;
        }
    }

    /** Makes an empty folder a store; does nothing if it is one. */
    void create() throws IOException {
        new Ancestors(disk).ensure(layout.root());
        if (!marker.isThere()) {
            requireEmpty();
            probeOnce();
            marker.create();
        }
        requireWritable();
    }

    private void requireEmpty() throws IOException {
        var found = disk.names(layout.root()).stream()
                .filter(name -> !Layout.isTemporary(name))
                .sorted()
                .limit(5)
                .toList();
        // a marker that is there now was written by another process since we looked
        if (!found.isEmpty() && !marker.isThere()) {
            throw new IllegalArgumentException(layout.root() + " is neither empty nor a store; found " + found
                    + ". Choose a new or empty folder, or restore the marker "
                    + layout.marker().getFileName()
                    + " if this was a store");
        }
    }
}
