package dev.recsys.testkit;

import dev.recsys.store.BlobKey;
import java.util.Arrays;
import java.util.Random;

/** Keys and bytes that the contract's tests use. */
final class Samples {
    static final BlobKey REGISTER = BlobKey.of("acme", "home", BlobKey.REGISTER);
    static final BlobKey BLOB = BlobKey.of("acme", "home", "artifacts", "popularity", "0a1b-tx.bin");

    /** The largest body of a register. */
    static final int MAX_REGISTER_BYTES = 64 * 1024;

    private Samples() {}

    static BlobKey register(int i) {
        return BlobKey.of("acme", "surface-" + i, BlobKey.REGISTER);
    }

    static BlobKey blob(int i) {
        return BlobKey.of("acme", "home", "artifacts", "popularity", i + "-tx.bin");
    }

    /** Returns bytes that look random and depend on nothing but the arguments. */
    static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Returns bytes that are all the same, so that a mixture of two of them shows. */
    static byte[] uniform(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    static boolean isUniform(byte[] bytes, int size) {
        return bytes.length == size && Arrays.equals(bytes, uniform(size, bytes[0]));
    }
}
