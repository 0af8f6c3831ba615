package dev.recsys.store.fs;

import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Registers: a value is a numbered file that never changes, and a swap takes the next number by hard-linking a complete,
 * durable file to it, which of several writers the file system grants to one.
 */
final class Registers {
    static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int MAX_FOUND_BYTES = 64 << 20; // somebody may have written anything over a slot

    private final StoreFolder folder;
    private final Disk disk;
    private final Layout layout;
    private final Content content;
    private final Slots slots;

    Registers(StoreFolder folder) {
        this.folder = folder;
        this.disk = folder.disk();
        this.layout = folder.layout();
        this.content = new Content(disk);
        this.slots = new Slots(disk, layout);
    }

    ReadResult read(BlobKey register, BlobVersion unless, long maxBytes, Deadline deadline) throws IOException {
        deadline.requireTime();
        long newest = slots.newest(register);
        if (newest == 0) {
            folder.requireThere();
            return new ReadResult.Absent();
        }
        byte[] body = content.read(slot(register, newest), maxBytes, deadline)
                .orElseThrow(
                        () -> new NoSuchFileException(slot(register, newest).toString()));
        BlobVersion version = SlotVersion.of(newest, body).toVersion();
        return version.equals(unless) ? new ReadResult.NotModified() : new ReadResult.Found(new Blob(body, version));
    }

    SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Deadline deadline) {
        Optional<SlotVersion> base = SlotVersion.parse(expected);
        Optional<TemporaryFile> prepared;
        try {
            prepared = prepare(register, base, body, deadline);
        } catch (StoreUnavailableException | StoreDeniedException e) {
            return new SwapResult.NotSent(e);
        } catch (IOException e) {
            folder.folders().forget();
            return new SwapResult.NotSent(DiskErrors.of(deadline.what(), e));
        }
        if (prepared.isEmpty() || base.isEmpty()) {
            return new SwapResult.Mismatch();
        }
        try (TemporaryFile temporary = prepared.get()) {
            return commit(register, temporary, SlotVersion.of(base.get().number() + 1, body), deadline);
        }
    }

    /** Does everything that comes before the one step that commits; empty if the expected version is not current. */
    private Optional<TemporaryFile> prepare(
            BlobKey register, Optional<SlotVersion> base, byte[] body, Deadline deadline) throws IOException {
        deadline.requireTimeAndNoInterrupt();
        folder.requireWritable();
        if (base.isEmpty() || !isCurrent(register, base.get(), deadline)) {
            return Optional.empty();
        }
        folder.folders().ensure(layout.of(register));
        deadline.requireTimeAndNoInterrupt();
        TemporaryFile temporary = folder.temporary(layout.of(register), file -> file.write(body, 0, body.length));
        try {
            deadline.requireTimeAndNoInterrupt();
        } catch (StoreUnavailableException e) {
            temporary.close();
            throw e;
        }
        return Optional.of(temporary);
    }

    private boolean isCurrent(BlobKey register, SlotVersion base, Deadline deadline) throws IOException {
        if (slots.exists(register, base.number() + 1)) {
            return false;
        }
        return base.isAbsent()
                || content.read(slot(register, base.number()), MAX_FOUND_BYTES, deadline)
                        .map(body -> SlotVersion.of(base.number(), body))
                        .filter(base::equals)
                        .isPresent();
    }

    private SwapResult commit(BlobKey register, TemporaryFile temporary, SlotVersion next, Deadline deadline) {
        try {
            if (!temporary.linkTo(slot(register, next.number()))) {
                return new SwapResult.Mismatch();
            }
        } catch (IOException e) {
            return DiskErrors.leavesNoDoubt(e)
                    ? new SwapResult.NotSent(DiskErrors.of(deadline.what(), e))
                    : new SwapResult.Unknown(DiskErrors.of(deadline.what(), e));
        }
        try {
            disk.syncFolder(layout.of(register));
        } catch (IOException e) {
            return new SwapResult.Unknown(DiskErrors.of(deadline.what(), e));
        }
        slots.saw(register, next.number());
        return new SwapResult.Applied(next.toVersion());
    }

    private Path slot(BlobKey register, long number) {
        return Layout.slot(layout.of(register), number);
    }
}
