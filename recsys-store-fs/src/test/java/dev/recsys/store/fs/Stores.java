package dev.recsys.store.fs;

import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls with text for content and ample time. */
final class Stores {
    static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final BlobKey REGISTER = BlobKey.of("acme", "home", "current");
    static final BlobKey BLOB = BlobKey.of("acme", "home", "artifacts", "a.bin");

    private Stores() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static ReadResult tryRead(BlobStore store, BlobKey key) {
        return store.read(key, BlobVersion.ABSENT, 1 << 20, TIMEOUT);
    }

    static String text(BlobStore store, BlobKey key) {
        return new String(((ReadResult.Found) tryRead(store, key)).blob().bytes(), StandardCharsets.UTF_8);
    }

    static SwapResult trySwap(BlobStore store, BlobVersion expected, String body) {
        return store.compareAndSet(REGISTER, expected, bytes(body), TIMEOUT);
    }

    static BlobVersion swap(BlobStore store, BlobVersion expected, String body) {
        return ((SwapResult.Applied) trySwap(store, expected, body)).version();
    }

    /** Swaps so many times that the register's newest slot is the n-th, whose body is {@code v<n>}. */
    static BlobVersion swapTo(BlobStore store, int n) {
        BlobVersion version = BlobVersion.ABSENT;
        for (int i = 1; i <= n; i++) {
            version = swap(store, version, "v" + i);
        }
        return version;
    }

    static CreateResult put(BlobStore store, BlobKey key, String body) {
        return store.create(key, BlobSource.of(bytes(body)), TIMEOUT);
    }
}
