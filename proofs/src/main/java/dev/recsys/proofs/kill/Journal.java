package dev.recsys.proofs.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a process says about itself, a line at a time. A line that was written is the operating system's, which a killed
 * process cannot take with it. Safe for concurrent use.
 */
final class Journal {
    /** An operation begins: its name, its kind, its surface. */
    static final String BEGUN = "B";
    /** It tells its caller: its name, a {@link dev.recsys.proofs.Told}, and its handle if that is unknown. */
    static final String TOLD = "T";
    /** What it took, if it committed without a fault: its kind, its number of calls to the store. */
    static final String CALLS = "C";
    /** The process halts itself now: the kind of operation, the call, before or after it. */
    static final String HALTS = "H";
    /** A reader serves something else than before: surface, epoch, seq, release, builds of its two tables. */
    static final String SERVED = "R";
    /** A reader served what is not of one piece: what. */
    static final String TORN = "X";

    private final FileChannel channel;

    private Journal(FileChannel channel) {
        this.channel = channel;
    }

    static Journal at(Path file) throws IOException {
        return new Journal(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    synchronized void write(Object... fields) {
        StringBuilder line = new StringBuilder();
        for (Object field : fields) {
            line.append(line.length() == 0 ? "" : "\t").append(field);
        }
        ByteBuffer bytes = ByteBuffer.wrap(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a journal cannot be written", e);
        }
    }
}
