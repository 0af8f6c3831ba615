package dev.recsys.serve;

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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A store that breaks the contract: artifacts have no end, whatever the limit. */
final class EndlessStore implements BlobStore {
    private static final long GIVE_UP_AFTER = 64L << 20;

    private final BlobStore store;
    private long written;

    EndlessStore(BlobStore store) {
        this.store = store;
    }

    long written() {
        return written;
    }

    @Override
    public boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout) {
        byte[] chunk = new byte[8192];
        try {
            while (written < GIVE_UP_AFTER) {
                out.write(chunk);
                written += chunk.length;
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
        return store.read(key, unless, maxBytes, timeout);
    }

    @Override
    public CreateResult create(BlobKey key, BlobSource source, Duration timeout) {
        return store.create(key, source, timeout);
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key, Duration timeout) {
        return store.stat(key, timeout);
    }

    @Override
    public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
        return store.compareAndSet(register, expected, body, timeout);
    }

    @Override
    public List<BlobKey> list(String prefix, String after, int limit, Duration timeout) {
        return store.list(prefix, after, limit, timeout);
    }

    @Override
    public void delete(BlobKey key, Duration timeout) {
        store.delete(key, timeout);
    }

    @Override
    public void close() {
        store.close();
    }
}
