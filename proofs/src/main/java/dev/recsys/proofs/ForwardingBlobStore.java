package dev.recsys.proofs;

import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Passes every call on through {@link #call}, for subclasses that do something around all calls or change one. */
public abstract class ForwardingBlobStore implements BlobStore {
    private final BlobStore store;

    /** Passes on to a store, which is closed with this one. */
    protected ForwardingBlobStore(BlobStore store) {
        this.store = store;
    }

    /** Makes one call. */
    protected <T> T call(Supplier<T> call) {
        return call.get();
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
        return call(() -> store.read(key, unless, maxBytes, timeout));
    }

    @Override
    public boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout) {
        return call(() -> store.copyTo(key, out, maxBytes, timeout));
    }

    @Override
    public CreateResult create(BlobKey key, BlobSource source, Duration timeout) {
        return call(() -> store.create(key, source, timeout));
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key, Duration timeout) {
        return call(() -> store.stat(key, timeout));
    }

    @Override
    public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
        return call(() -> store.compareAndSet(register, expected, body, timeout));
    }

    @Override
    public List<BlobKey> list(String prefix, String after, int limit, Duration timeout) {
        return call(() -> store.list(prefix, after, limit, timeout));
    }

    @Override
    public void delete(BlobKey key, Duration timeout) {
        call(() -> {
            store.delete(key, timeout);
            return key;
        });
    }

    @Override
    public void close() {
        store.close();
    }
}
