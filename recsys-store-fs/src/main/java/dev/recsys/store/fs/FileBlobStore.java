package dev.recsys.store.fs;

import dev.recsys.RecsysException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A blob store in a folder, which any number of processes and machines share without a server or a lock.
 *
 * <p>Needs a file system with hard links that refuse a name that is taken, and folders that can be synced (on Windows
 * names are durable without): a local disk or NFS version 4. It is tried out before the first write of a handle, and a
 * file system that fails is refused with {@link dev.recsys.UnsafeStoreException}. Reading needs no write permission. An
 * NFS client that remembers which names are missing shows a swap late to readers, though never to writers: mount with
 * {@code lookupcache=positive}.
 *
 * <p>A key cannot go below a blob's key: where {@code a/b} is a blob, {@code a/b/c} is refused as an illegal argument.
 * Writers that were killed leave files named {@code .tmp-*}, which do no harm. Later writers to the same folder remove
 * those that are older than a day; nothing else needs to.
 */
public final class FileBlobStore implements BlobStore {
    private final StoreFolder folder;
    private final Blobs blobs;
    private final Registers registers;
    private final LongSupplier nanoTime;
    private final AtomicBoolean closed = new AtomicBoolean();

    private FileBlobStore(StoreFolder folder, LongSupplier nanoTime) {
        this.folder = folder;
        this.blobs = new Blobs(folder);
        this.registers = new Registers(folder);
        this.nanoTime = nanoTime;
    }

    /**
     * Opens the store in a folder without touching it: neither fails nor creates anything. If there is no store, or its
     * disk is away, every call says so with {@link dev.recsys.StoreUnavailableException}.
     */
    public static FileBlobStore at(Path root) {
        return at(root, new RealDisk(), System::nanoTime);
    }

    static FileBlobStore at(Path root, Disk disk, LongSupplier nanoTime) {
        return new FileBlobStore(
                new StoreFolder(disk, new Layout(root.toAbsolutePath().normalize())), nanoTime);
    }

    /**
     * Makes a folder an empty store unless it is a store already, and opens it. Any number of processes may do so at
     * once. Makes the folder if it is missing.
     *
     * @throws IllegalArgumentException if the folder holds something and is no store
     * @throws dev.recsys.UnsafeStoreException if the file system cannot keep the promises of a store
     * @throws dev.recsys.StoreUnavailableException if the disk fails
     * @throws dev.recsys.StoreDeniedException if this process may not write there
     */
    public static FileBlobStore create(Path root) {
        return create(root, new RealDisk(), System::nanoTime);
    }

    static FileBlobStore create(Path root, Disk disk, LongSupplier nanoTime) {
        FileBlobStore store = at(root, disk, nanoTime);
        try {
            store.folder.create();
        } catch (IOException e) {
            throw DiskErrors.of("creating a store at " + root, e);
        }
        return store;
    }

    /** Returns the folder as a URI, such as {@code file:///var/recsys}. */
    @Override
    public String location() {
        Path root = folder.layout().root();
        String path = root.toString().replace('\\', '/');
        return "file://" + (path.startsWith("/") ? "" : "/") + path;
    }

    @Override
    public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
        Deadline deadline = start("reading " + key, timeout);
        try {
            return key.isRegister()
                    ? registers.read(key, unless, maxBytes, deadline)
                    : blobs.read(key, unless, maxBytes, deadline);
        } catch (IOException e) {
            throw failed(deadline, e);
        }
    }

    @Override
    public boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout) {
        Deadline deadline = start("copying " + key, timeout);
        requireBlob(key);
        try {
            return blobs.copyTo(key, out, maxBytes, deadline);
        } catch (IOException e) {
            throw failed(deadline, e);
        }
    }

    @Override
    public CreateResult create(BlobKey key, BlobSource source, Duration timeout) {
        Deadline deadline = start("creating " + key, timeout);
        requireBlob(key);
        try {
            return blobs.create(key, source, deadline);
        } catch (IOException e) {
            throw failed(deadline, e);
        }
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key, Duration timeout) {
        Deadline deadline = start("looking for " + key, timeout);
        requireBlob(key);
        try {
            return blobs.stat(key, deadline);
        } catch (IOException e) {
            throw failed(deadline, e);
        }
    }

    @Override
    public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
        Deadline deadline = start("swapping " + register, timeout);
        if (!register.isRegister()) {
            throw new IllegalArgumentException(register + " is a blob and never changes; only a register, whose last "
                    + "segment is '" + BlobKey.REGISTER + "', can be swapped");
        }
        if (body.length > Registers.MAX_BODY_BYTES) {
            throw new IllegalArgumentException("the body for " + register + " has " + body.length
                    + " bytes; a register takes at most " + Registers.MAX_BODY_BYTES);
        }
        return registers.compareAndSet(register, expected, body.clone(), deadline);
    }

    @Override
    public List<BlobKey> list(String prefix, String after, int limit, Duration timeout) {
        Deadline deadline = start("listing '" + prefix + "'", timeout);
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + "; expected at least 1");
        }
        try {
            deadline.requireTime();
            folder.requireThere();
            List<BlobKey> keys = new Listing(folder, prefix, after, limit, deadline).run();
            folder.requireThere();
            return keys;
        } catch (IOException e) {
            throw failed(deadline, e);
        }
    }

    @Override
    public void delete(BlobKey key, Duration timeout) {
        Deadline deadline = start("deleting " + key, timeout);
        requireBlob(key);
        try {
            blobs.delete(key, deadline);
        } catch (IOException e) {
            throw failed(deadline, e);
        }
    }

    /** Ends the use of this handle; nothing has to be released. */
    @Override
    public void close() {
        closed.set(true);
    }

    private Deadline start(String what, Duration timeout) {
        if (closed.get()) {
            throw new IllegalStateException("this handle on " + location() + " is closed; open another one");
        }
        return Deadline.of(what, timeout, nanoTime);
    }

    private RecsysException failed(Deadline deadline, IOException e) {
        return DiskErrors.of(deadline.what() + " in " + location(), e);
    }

    private static void requireBlob(BlobKey key) {
        if (key.isRegister()) {
            throw new IllegalArgumentException(key + " is a register: only read and compareAndSet take it");
        }
    }
}
