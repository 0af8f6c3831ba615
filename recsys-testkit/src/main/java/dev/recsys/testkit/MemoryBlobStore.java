package dev.recsys.testkit;

import dev.recsys.DamagedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.Sha256;
import dev.recsys.store.SwapResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A blob store in memory that keeps the whole contract but durability, for tests. Endpoints made by
 * {@link #anotherEndpoint()} share one set of objects, as processes share a bucket; closing one leaves the others open.
 */
public final class MemoryBlobStore implements BlobStore {
    private static final int MAX_REGISTER_BYTES = 64 * 1024;

    private final MemoryObjects objects;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MemoryBlobStore(MemoryObjects objects) {
        this.objects = objects;
    }

    /** Opens a store that is empty and shares nothing with any other. */
    public static MemoryBlobStore open() {
        return new MemoryBlobStore(new MemoryObjects());
    }

    /** Opens another handle on the same objects; it works whether or not this one is closed. */
    public MemoryBlobStore anotherEndpoint() {
        return new MemoryBlobStore(objects);
    }

    /** Returns an empty store's handle whose objects are a copy of these: later changes of either are its own. */
    MemoryBlobStore copy() {
        return new MemoryBlobStore(objects.copy());
    }

    @Override
    public String location() {
        return "memory:" + Integer.toHexString(System.identityHashCode(objects));
    }

    @Override
    public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
        requireOpen();
        requireTime(timeout);
        Optional<Blob> found = objects.get(key);
        if (found.isEmpty()) {
            return new ReadResult.Absent();
        }
        Blob blob = found.get();
        if (blob.version().equals(unless)) {
            return new ReadResult.NotModified();
        }
        requireAtMost(maxBytes, key, blob.bytes().length);
        return new ReadResult.Found(new Blob(blob.bytes().clone(), blob.version()));
    }

    @Override
    public boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout) {
        requireOpen();
        requireBlob(key);
        requireTime(timeout);
        Optional<Blob> found = objects.get(key);
        if (found.isEmpty()) {
            return false;
        }
        byte[] bytes = found.get().bytes();
        requireAtMost(maxBytes, key, bytes.length);
        try {
            out.write(bytes.clone());
        } catch (IOException e) {
            throw new UncheckedIOException("the stream that receives " + key + " failed", e);
        }
        return true;
    }

    @Override
    public CreateResult create(BlobKey key, BlobSource source, Duration timeout) {
        requireOpen();
        requireBlob(key);
        requireTime(timeout);
        byte[] bytes = readExactly(key, source);
        return objects.putIfAbsent(key, bytes)
                .<CreateResult>map(existing -> new CreateResult.Exists(existing.bytes().length))
                .orElseGet(CreateResult.Created::new);
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key, Duration timeout) {
        requireOpen();
        requireBlob(key);
        requireTime(timeout);
        return objects.get(key).map(blob -> new BlobStat(blob.bytes().length, Optional.of(Sha256.of(blob.bytes()))));
    }

    @Override
    public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
        requireOpen();
        if (!register.isRegister()) {
            throw new IllegalArgumentException(register + " is a blob and never changes; only a register, whose last "
                    + "segment is '" + BlobKey.REGISTER + "', can be swapped");
        }
        if (body.length > MAX_REGISTER_BYTES) {
            throw new IllegalArgumentException("the body for " + register + " has " + body.length
                    + " bytes; a register takes at most " + MAX_REGISTER_BYTES);
        }
        if (isUp(timeout)) {
            return new SwapResult.NotSent(timeUp(timeout));
        }
        return objects.replace(register, expected, body.clone())
                .<SwapResult>map(SwapResult.Applied::new)
                .orElseGet(SwapResult.Mismatch::new);
    }

    @Override
    public List<BlobKey> list(String prefix, String after, int limit, Duration timeout) {
        requireOpen();
        requireTime(timeout);
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + "; expected at least 1");
        }
        return objects.list(prefix, after, limit);
    }

    @Override
    public void delete(BlobKey key, Duration timeout) {
        requireOpen();
        requireBlob(key);
        requireTime(timeout);
        objects.remove(key);
    }

    @Override
    public void close() {
        closed.set(true);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("this handle on " + location() + " is closed; open another one");
        }
    }

    private static boolean isUp(Duration timeout) {
        return timeout.isZero() || timeout.isNegative();
    }

    private StoreUnavailableException timeUp(Duration timeout) {
        return new StoreUnavailableException(
                "a call on " + location() + " had a timeout of " + timeout + "; expected more than zero");
    }

    private void requireTime(Duration timeout) {
        if (isUp(timeout)) {
            throw timeUp(timeout);
        }
    }

    private static void requireBlob(BlobKey key) {
        if (key.isRegister()) {
            throw new IllegalArgumentException(key + " is a register: only read and compareAndSet take it");
        }
    }

    private static void requireAtMost(long maxBytes, BlobKey key, long sizeBytes) {
        if (sizeBytes > maxBytes) {
            throw new DamagedException(key + " has " + sizeBytes + " bytes; expected at most " + maxBytes
                    + ". It is not what was published; do not use it");
        }
    }

    private static byte[] readExactly(BlobKey key, BlobSource source) {
        try (InputStream in = source.open()) {
            byte[] bytes = in.readNBytes(Math.toIntExact(source.sizeBytes()));
            if (bytes.length < source.sizeBytes() || in.read() >= 0) {
                throw new IOException("expected exactly " + source.sizeBytes() + " bytes, found "
                        + (bytes.length < source.sizeBytes() ? bytes.length : "more"));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the source of " + key + " failed; nothing was stored", e);
        }
    }
}
