package dev.recsys.internal.artifact;

import dev.recsys.store.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Passes bytes on, and knows how many they were and their digest. */
final class MeasuredStream extends OutputStream {
    private final OutputStream target;
    private final MessageDigest digest = Sha256.newDigest();
    private long sizeBytes;

    MeasuredStream(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        target.write(bytes, offset, length);
        digest.update(bytes, offset, length);
        sizeBytes += length;
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Returns the digest of what came so far, and begins anew. */
    Sha256 sha256() {
        return Sha256.of(digest);
    }
}
