package dev.recsys.pipelines.events;

import java.util.Arrays;

/** Whole lines of a file, one after the other. Lines over the limit are cut to one byte more than the limit. */
final class Chunk {
    private final byte[] bytes;
    private final int length;
    private final boolean last;

    /** Takes over bytes of which the first {@code length} count; the last chunk of a file may end without a line end. */
    Chunk(byte[] bytes, int length, boolean last) {
        this.bytes = bytes;
        this.length = length;
        this.last = last;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Returns whether there are no more lines in the file. */
    boolean isLast() {
        return last;
    }

    /** Returns what is left from a line on, from 1. */
    byte[] from(long line) {
        int at = 0;
        for (long passed = 1; passed < line; passed++) {
            while (bytes[at] != '\n') {
                at++;
            }
            at++;
        }
        return Arrays.copyOfRange(bytes, at, length);
    }

    /** Returns a chunk of some bytes and then those of this one. */
    Chunk after(byte[] before) {
        byte[] both = Arrays.copyOf(before, before.length + length);
        System.arraycopy(bytes, 0, both, before.length, length);
        return new Chunk(both, both.length, last);
    }
}
