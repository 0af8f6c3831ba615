package dev.recsys.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Random;

/** Calls with ample time and room. */
final class Calling {
    static final BlobKey REGISTER = BlobKey.of("acme", "home", BlobKey.REGISTER);
    static final BlobKey BLOB = BlobKey.of("acme", "home", "artifacts", "popularity", "0a1b-tx.bin");
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private Calling() {}

    static SwapResult swap(BlobStore store, BlobVersion expected, int body) {
        return store.compareAndSet(REGISTER, expected, new byte[] {(byte) body}, TIMEOUT);
    }

    static BlobVersion swapped(BlobStore store, BlobVersion expected, int body) {
        SwapResult result = swap(store, expected, body);
        assertThat(result).isInstanceOf(SwapResult.Applied.class);
        return ((SwapResult.Applied) result).version();
    }

    static ReadResult read(BlobStore store, BlobKey key, BlobVersion unless) {
        return store.read(key, unless, 1 << 20, TIMEOUT);
    }

    static byte[] bytesOf(BlobStore store, BlobKey key) {
        ReadResult result = store.read(key, BlobVersion.ABSENT, 1 << 30, TIMEOUT);
        assertThat(result).isInstanceOf(ReadResult.Found.class);
        return ((ReadResult.Found) result).blob().bytes();
    }

    static boolean isAbsent(BlobStore store, BlobKey key) {
        return read(store, key, BlobVersion.ABSENT) instanceof ReadResult.Absent;
    }

    static CreateResult create(BlobStore store, byte[] bytes) {
        return store.create(BLOB, BlobSource.of(bytes), TIMEOUT);
    }

    static byte[] copy(BlobStore store, BlobKey key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(store.copyTo(key, out, 1L << 30, TIMEOUT)).isTrue();
        return out.toByteArray();
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
