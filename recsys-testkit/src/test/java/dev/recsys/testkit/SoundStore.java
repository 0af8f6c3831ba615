package dev.recsys.testkit;

import dev.recsys.DamagedException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/** A store that keeps the contract over a wire that can fail: it syncs before it answers, and checks lengths. */
class SoundStore extends ForwardingBlobStore {
    private final SimulatedServer server;

    SoundStore(BlobStore wire, SimulatedServer server) {
        super(wire);
        this.server = server;
    }

    void makeDurable() {
        server.sync();
    }

    void requireWhole(BlobKey key, long foundBytes, Duration timeout) {
        long announcedBytes = wire.stat(key, timeout).orElseThrow().sizeBytes();
        if (foundBytes != announcedBytes) {
            throw new DamagedException(key + " ended after " + foundBytes + " of " + announcedBytes + " bytes");
        }
    }

    @Override
    public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
        ReadResult result = super.read(key, unless, maxBytes, timeout);
        if (result instanceof ReadResult.Found found && !key.isRegister()) {
            requireWhole(key, found.blob().bytes().length, timeout);
        }
        return result;
    }

    @Override
    public boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        if (!super.copyTo(key, buffer, maxBytes, timeout)) {
            return false;
        }
        requireWhole(key, buffer.size(), timeout);
        try {
            buffer.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    @Override
    public CreateResult create(BlobKey key, BlobSource source, Duration timeout) {
        CreateResult result = super.create(key, source, timeout);
        makeDurable();
        return result;
    }

    @Override
    public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
        SwapResult result = super.compareAndSet(register, expected, body, timeout);
        makeDurable();
        return result;
    }

    @Override
    public void delete(BlobKey key, Duration timeout) {
        super.delete(key, timeout);
        makeDurable();
    }
}
