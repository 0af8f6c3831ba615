package dev.recsys.pipelines.events;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into chunks of whole lines. Takes no more memory than a chunk and twice the longest line that may be, for
 * the middle of a line over the limit is passed over.
 */
final class ChunkCutter {
    private static final int TOO_LONG = LineReader.MAX_LINE_BYTES + 1;

    private final InputStream in;
    private final int chunkBytes;
    private byte[] bytes;
    private int length;
    private boolean ended;

    ChunkCutter(InputStream in, int chunkBytes) {
        this.in = in;
        this.chunkBytes = chunkBytes;
        this.bytes = new byte[chunkBytes];
    }

    /** Returns the next chunk; of no use after the last one, which may be empty. */
    Chunk next() throws IOException {
        fill();
        int lineEnd = lastLineEnd();
        while (lineEnd == 0 && !ended) {
            if (length > TOO_LONG) {
                passOverLine();
            } else {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
                fill();
            }
            lineEnd = lastLineEnd();
        }
        return ended ? new Chunk(bytes, length, true) : cut(lineEnd);
    }

    private Chunk cut(int lineEnd) {
        Chunk chunk = new Chunk(bytes, lineEnd, false);
        int rest = length - lineEnd;
        byte[] next = new byte[Math.max(chunkBytes, rest * 2)];
        System.arraycopy(bytes, lineEnd, next, 0, rest);
        bytes = next;
        length = rest;
        return chunk;
    }

    private void fill() throws IOException {
        while (!ended && length < bytes.length) {
            int read = in.read(bytes, length, bytes.length - length);
            ended = read < 0;
            length += Math.max(0, read);
        }
    }

    /** Returns where the last whole line ends, or 0 if there is none. */
    private int lastLineEnd() {
        int end = length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** Keeps the beginning of the line, which is over the limit, and goes on with its end. */
    private void passOverLine() throws IOException {
        byte[] more = new byte[1 << 16];
        length = TOO_LONG;
        while (!ended) {
            int read = in.read(more);
            ended = read < 0;
            for (int at = 0; at < read; at++) {
                if (more[at] == '\n') {
                    append(more, at, read);
                    return;
                }
            }
        }
    }

    private void append(byte[] more, int from, int to) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length, length + to - from));
        System.arraycopy(more, from, bytes, length, to - from);
        length += to - from;
    }
}
