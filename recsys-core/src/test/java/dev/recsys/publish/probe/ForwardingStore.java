package dev.recsys.publish.probe;

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

/** Passes every call on, for subclasses that change one of them. */
class ForwardingStore implements BlobStore {
    final BlobStore sound;

    ForwardingStore(BlobStore sound) {
        this.sound = sound;
    }

    @Override
    public String location() {
        return sound.location();
    }

    @Override
    public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
        return sound.read(key, unless, maxBytes, timeout);
    }

    @Override
    public boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout) {
        return sound.copyTo(key, out, maxBytes, timeout);
    }

    @Override
    public CreateResult create(BlobKey key, BlobSource source, Duration timeout) {
        return sound.create(key, source, timeout);
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key, Duration timeout) {
        return sound.stat(key, timeout);
    }

    @Override
    public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
        return sound.compareAndSet(register, expected, body, timeout);
    }

    @Override
    public List<BlobKey> list(String prefix, String after, int limit, Duration timeout) {
        return sound.list(prefix, after, limit, timeout);
    }

    @Override
    public void delete(BlobKey key, Duration timeout) {
        sound.delete(key, timeout);
    }

    @Override
    public void close() {
        sound.close();
    }
}
