package dev.recsys.publish.probe;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The body of a probe's register: a number and a writer, repeated, so that a mixture of two shows. All have one length,
 * so that a version made of it shows too.
 *
 * @param number what was counted
 * @param writer whose body it is
 */
record ProbeBody(long number, long writer) {
    static final int BYTES = 512;
    private static final int PAIR_BYTES = 2 * Long.BYTES;

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        while (bytes.hasRemaining()) {
            bytes.putLong(number).putLong(writer);
        }
        return bytes.array();
    }

    /** Returns what a body says; empty if it is not whole. */
    static Optional<ProbeBody> of(byte[] found) {
        if (found.length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(found);
        ProbeBody first = new ProbeBody(bytes.getLong(), bytes.getLong());
        for (int at = PAIR_BYTES; at < BYTES; at += PAIR_BYTES) {
            if (!first.equals(new ProbeBody(bytes.getLong(at), bytes.getLong(at + Long.BYTES)))) {
                return Optional.empty();
            }
        }
        return Optional.of(first);
    }
}
