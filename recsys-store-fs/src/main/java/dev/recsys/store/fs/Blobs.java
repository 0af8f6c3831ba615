package dev.recsys.store.fs;

import dev.recsys.StoreUnavailableException;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Immutable blobs: each a file at its key's path. */
final class Blobs {
    private final StoreFolder folder;
    private final Disk disk;
    private final Layout layout;
    private final Content content;

    Blobs(StoreFolder folder) {
        this.folder = folder;
        this.disk = folder.disk();
        this.layout = folder.layout();
        this.content = new Content(disk);
    }

    ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Deadline deadline) throws IOException {
        deadline.requireTime();
        Optional<byte[]> bytes = content.read(layout.of(key), maxBytes, deadline);
        if (bytes.isEmpty()) {
            folder.requireThere();
            return new ReadResult.Absent();
        }
        BlobVersion version = new BlobVersion(Sha256.of(bytes.get()).hex());
        return version.equals(unless)
                ? new ReadResult.NotModified()
                : new ReadResult.Found(new Blob(bytes.get(), version));
    }

    boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Deadline deadline) throws IOException {
        deadline.requireTime();
        boolean there = content.copy(layout.of(key), out, maxBytes, deadline);
        if (!there) {
            folder.requireThere();
        }
        return there;
    }

    Optional<BlobStat> stat(BlobKey key, Deadline deadline) throws IOException {
        deadline.requireTime();
        Optional<BlobStat> found = fileAt(key).map(entry -> new BlobStat(entry.sizeBytes(), Optional.empty()));
        if (found.isEmpty()) {
            folder.requireThere();
        }
        return found;
    }

    CreateResult create(BlobKey key, BlobSource source, Deadline deadline) throws IOException {
        deadline.requireTimeAndNoInterrupt();
        folder.requireWritable();
        Path parent = layout.folderOf(key);
        try {
            folder.folders().ensure(parent);
            Optional<CreateResult> existing = existing(key);
            return existing.isPresent() ? existing.get() : upload(key, parent, source, deadline);
        } catch (NoSuchFileException e) {
            folder.folders().forget();
            throw e;
        }
    }

    private CreateResult upload(BlobKey key, Path parent, BlobSource source, Deadline deadline) throws IOException {
        Upload upload = new Upload(source, deadline);
        try (TemporaryFile temporary = folder.temporary(parent, upload::writeTo)) {
            deadline.requireTimeAndNoInterrupt();
            if (temporary.linkTo(layout.of(key))) {
                disk.syncFolder(parent);
                return new CreateResult.Created();
            }
        }
        return existing(key)
                .orElseThrow(() -> new StoreUnavailableException(
                        deadline.what() + " met another writer, whose blob was deleted at once; try again"));
    }

    /** Says that a blob exists only once that is durable, for the caller will refer to it. */
    private Optional<CreateResult> existing(BlobKey key) throws IOException {
        Optional<Disk.Entry> entry = disk.stat(layout.of(key));
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        if (!entry.get().isFile()) {
            throw new IllegalArgumentException(
                    key + " cannot be a blob, for other keys go below it; choose another key");
        }
        disk.syncFolder(layout.folderOf(key));
        return Optional.of(new CreateResult.Exists(entry.get().sizeBytes()));
    }

    void delete(BlobKey key, Deadline deadline) throws IOException {
        deadline.requireTimeAndNoInterrupt();
        folder.requireThere();
        if (fileAt(key).isEmpty()) {
            return;
        }
        try {
            disk.delete(layout.of(key));
        } catch (NoSuchFileException e) {
            return; // another process was faster
        }
        disk.syncFolder(layout.folderOf(key));
    }

    private Optional<Disk.Entry> fileAt(BlobKey key) throws IOException {
        return disk.stat(layout.of(key)).filter(Disk.Entry::isFile);
    }
}
