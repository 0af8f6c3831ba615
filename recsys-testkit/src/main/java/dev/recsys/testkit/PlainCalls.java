package dev.recsys.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Calls on a store with ample time and room, so that a test shows only what it is about. */
final class PlainCalls {
    static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final long ANY_SIZE = 1L << 30;

    private PlainCalls() {}

    static ReadResult tryRead(BlobStore store, BlobKey key) {
        return store.read(key, BlobVersion.ABSENT, ANY_SIZE, TIMEOUT);
    }

    static Blob read(BlobStore store, BlobKey key) {
        ReadResult result = tryRead(store, key);
        assertThat(result).as("reading %s, which has a value", key).isInstanceOf(ReadResult.Found.class);
        return ((ReadResult.Found) result).blob();
    }

    static byte[] bytesOf(BlobStore store, BlobKey key) {
        return read(store, key).bytes();
    }

    static boolean isAbsent(BlobStore store, BlobKey key) {
        return tryRead(store, key) instanceof ReadResult.Absent;
    }

    /** Returns the copied bytes, or empty if the store says that there is no such blob. */
    static Optional<byte[]> copy(BlobStore store, BlobKey key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return store.copyTo(key, out, ANY_SIZE, TIMEOUT) ? Optional.of(out.toByteArray()) : Optional.empty();
    }

    static CreateResult createBlob(BlobStore store, BlobKey key, byte[] bytes) {
        return store.create(key, BlobSource.of(bytes), TIMEOUT);
    }

    static SwapResult trySwap(BlobStore store, BlobKey register, BlobVersion expected, byte[] body) {
        return store.compareAndSet(register, expected, body, TIMEOUT);
    }

    /** Swaps and returns the new version; the swap has to be applied. */
    static BlobVersion swap(BlobStore store, BlobKey register, BlobVersion expected, byte[] body) {
        SwapResult result = trySwap(store, register, expected, body);
        assertThat(result).as("swapping %s from %s", register, expected).isInstanceOf(SwapResult.Applied.class);
        return ((SwapResult.Applied) result).version();
    }

    static List<BlobKey> list(BlobStore store, String prefix) {
        return store.list(prefix, "", Integer.MAX_VALUE, TIMEOUT);
    }
}
