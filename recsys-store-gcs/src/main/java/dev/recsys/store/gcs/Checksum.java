package dev.recsys.store.gcs;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** Length and checksum of bytes that come piece by piece. */
final class Checksum {
    private final CRC32C crc = new CRC32C();
    private long sizeBytes;

    static Checksum of(byte[] bytes) {
        Checksum checksum = new Checksum();
        checksum.add(bytes, bytes.length);
        return checksum;
    }

    void add(byte[] bytes, int length) {
        crc.update(bytes, 0, length);
        sizeBytes += length;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Returns the checksum as the service writes it: base64 of its four bytes, the highest first. */
    String crc32c() {
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(bytes);
    }
}
