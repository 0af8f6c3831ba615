package dev.recsys.log;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/**
 * A finished file on its way to be packed, a piece at a time, so that lines are written in between. The packed file appears
 * whole or not at all; the plain one leaves after that.
 */
final class Packing implements Closeable {
    private static final int PIECE_BYTES = 256 << 10;

    private final Path plain;
    private final Path unfinished;
    private final Path packed;
    private final InputStream in;
    private final FileChannel target;
    private final GZIPOutputStream out;
    private long leftBytes;

    private Packing(Path folder, Finished finished) throws IOException {
        this.plain = finished.name().in(folder, LogName.PLAIN);
        this.unfinished = finished.name().in(folder, LogName.UNFINISHED);
        this.packed = finished.name().in(folder, LogName.PACKED);
        this.leftBytes = finished.sizeBytes();
        this.in = Files.newInputStream(plain);
        this.target = FileModes.create(unfinished);
        this.out = new GZIPOutputStream(new BufferedOutputStream(Channels.newOutputStream(target), 1 << 16));
    }

    /**
     * A file that nobody writes to any more.
     *
     * @param name its name
     * @param sizeBytes up to where it has whole lines that count
     * @param lock tells other processes that it is looked after
     */
    record Finished(LogName name, long sizeBytes, Closeable lock) {}

    static Packing start(Path folder, Finished finished) throws IOException {
        return new Packing(folder, finished);
    }

    /** Packs a piece; returns whether it was the last one, and the packed file is there. */
    boolean step() throws IOException {
        byte[] piece = in.readNBytes((int) Math.min(PIECE_BYTES, leftBytes));
        if (piece.length == 0 && leftBytes > 0) {
            throw new IOException(plain + " is shorter by " + leftBytes + " bytes than what was written to it");
        }
        out.write(piece);
        leftBytes -= piece.length;
        if (leftBytes > 0) {
            return false;
        }
        out.finish();
        out.flush();
        target.force(true);
        FileModes.copy(plain, unfinished);
        close();
        Files.move(unfinished, packed, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(plain);
        return true;
    }

    /** Gives up; the plain file stays. */
    void abandon() throws IOException {
        close();
        Files.deleteIfExists(unfinished);
    }

    @Override
    public void close() throws IOException {
        in.close();
        target.close(); // not the stream, which would write to what is full once more
    }
}
