package dev.recsys.store.fs;

import dev.recsys.store.BlobStore;
import dev.recsys.testkit.StoreHarness;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A store in a folder, its outages and losses played by a faulty disk. */
class FileHarness implements StoreHarness {
    private final Path root;
    private final FaultyDisk disk;

    FileHarness(Path root, Disk disk) {
        this.root = root;
        this.disk = new FaultyDisk(disk);
        FileBlobStore.create(root, this.disk, System::nanoTime).close();
    }

    @Override
    public BlobStore open() {
        return FileBlobStore.at(root, disk, System::nanoTime);
    }

    @Override
    public void loseNextReply() {
        disk.failNext(FaultyDisk.Step.SYNC_FOLDER_AFTER_LINK, new IOException("Input/output error"));
    }

    @Override
    public void loseNextRequest() {
        disk.failNext(FaultyDisk.Step.LINK, new IOException("Connection timed out"));
    }

    @Override
    public void becomeUnavailable() {
        disk.failAlways(new FileSystemException(root.toString(), null, "Stale file handle"));
    }

    @Override
    public void becomeDenied() {
        disk.failAlways(new AccessDeniedException(root.toString()));
    }

    @Override
    public void recover() {
        disk.recover();
    }

    @Override
    public void shortenNextRead() {
        disk.shortenNextRead();
    }
}
