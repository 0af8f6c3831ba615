package dev.recsys.log;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records a log has taken, and how many of them are settled, in memory that is a page of a file: what is said here
 * outlives a killed process. The file is there, and locked, as long as its log lives. Any thread takes; one thread settles.
 *
 * <p>The layout, in longs: 0 taken; 1 which of two places holds; from 8 and from 16 on these places, of which the writer fills
 * the other one and then turns to it, so that a kill in between leaves one that is whole.
 */
final class Tally implements Closeable {
    static final String ENDING = ".tally";

    private static final Logger log = LoggerFactory.getLogger(FileEventSink.class);
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PAGE_BYTES = 4 << 10;
    private static final int PLACE_BYTES = 8 * Long.BYTES;

    private final ByteBuffer page;
    private final @Nullable Path file;
    private final @Nullable FileChannel channel; // has the lock
    private long settled;
    private long lines; // in the file that is written to
    private long start; // of that file, in milliseconds; 0 if there was none yet
    private int number; // of that file

    private Tally(ByteBuffer page, @Nullable Path file, @Nullable FileChannel channel) {
        this.page = page;
        this.file = file;
        this.channel = channel;
    }

    /** Begins one in a folder; where that fails, as on a full disk, one that ends with the process. */
    static Tally begin(Path folder, String kind) {
        LogName name = new LogName(kind, processStart(), ProcessHandle.current().pid(), 0);
        while (true) {
            Path file = name.in(folder, ENDING);
            try {
                return new Tally(page(), file, null).inFile(file);
            } catch (FileAlreadyExistsException e) {
                name = name.next();
            } catch (IOException e) {
                log.warn("{} cannot be made; if this process is killed, it is not known how much is lost: {}", file, e);
                return new Tally(page(), null, null);
            }
        }
    }

    private static ByteBuffer page() {
        return ByteBuffer.allocateDirect(PAGE_BYTES);
    }

    private Tally inFile(Path target) throws IOException {
        FileChannel opened = FileChannel.open(
                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            // Between the two steps another process may take it for a leftover.
            if (opened.tryLock() == null || Files.notExists(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            ByteBuffer zeros = page.duplicate(); // not a hole, which a full disk would refuse to fill later
            while (zeros.hasRemaining()) {
                opened.write(zeros);
            }
            return new Tally(opened.map(FileChannel.MapMode.READ_WRITE, 0, PAGE_BYTES), target, opened);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    private static Instant processStart() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .orElse(Instant.EPOCH)
                .truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether a file of this name is of a log of this process, which must not be opened: closing it would end its lock. */
    static boolean isOfThisProcess(LogName name) {
        return name.pid() == ProcessHandle.current().pid() && name.start().equals(processStart());
    }

    /** Whether this is its own file. */
    boolean isIn(Path folder, LogName name) {
        return name.in(folder, ENDING).equals(file);
    }

    /** Whether it outlives the process. */
    boolean isKept() {
        return channel != null;
    }

    /** Counts one as taken: a store to memory, by whoever offers. */
    void take() {
        long unused = (long) LONG.getAndAdd(page, 0, 1L);
    }

    /** Says which file the next lines go to, before the first of them. */
    void begin(LogName name) {
        start = name.start().toEpochMilli();
        number = name.number();
        lines = 0;
        publish();
    }

    /** Says that so many more are lines of the file. */
    void wrote(int count) {
        settled += count;
        lines += count;
        publish();
    }

    /** Says that one will never be a line. */
    void failed() {
        settled++;
        publish();
    }

    private void publish() {
        long place = 1 - (long) LONG.getVolatile(page, Long.BYTES);
        int at = place(place);
        long[] values = {settled, lines, start, number};
        for (int i = 0; i < values.length; i++) {
            LONG.setOpaque(page, at + i * Long.BYTES, values[i]);
        }
        LONG.setVolatile(page, Long.BYTES, place);
    }

    private static int place(long place) {
        return (int) (PLACE_BYTES * (1 + place));
    }

    /**
     * What the tally of an ended process says.
     *
     * @param taken how many records were taken
     * @param settled how many are known to be lines, or never to be
     * @param lines how many of these are in the file that was written to last
     * @param file that file, if there was one
     */
    record Left(long taken, long settled, long lines, Optional<LogName> file) {
        private static Left read(LogName name, ByteBuffer page) {
            int at = place((long) LONG.getVolatile(page, Long.BYTES) & 1);
            long start = longAt(page, at + 2 * Long.BYTES);
            int number = (int) longAt(page, at + 3 * Long.BYTES);
            return new Left(
                    longAt(page, 0),
                    longAt(page, at),
                    longAt(page, at + Long.BYTES),
                    start == 0
                            ? Optional.empty()
                            : Optional.of(new LogName(name.kind(), Instant.ofEpochMilli(start), name.pid(), number)));
        }

        /** Returns how many are lost if the file has so many lines. */
        long lost(long linesThere) {
            return Math.max(0, taken - settled - (linesThere - lines));
        }
    }

    private static long longAt(ByteBuffer page, int at) {
        return (long) LONG.get(page, at);
    }

    /** Takes what an ended process left; empty if it lives, or if another process was first. */
    static Optional<Left> inherit(Path folder, LogName name) throws IOException {
        Path file = name.in(folder, ENDING);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null || !Files.deleteIfExists(file)) {
                return Optional.empty();
            }
            ByteBuffer page = page();
            while (page.hasRemaining() && channel.read(page, page.position()) >= 0) {}
            return Optional.of(Left.read(name, page));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Deletes the file: what is not settled is told by who closes. */
    @Override
    public void close() throws IOException {
        if (file != null && channel != null) {
            Files.deleteIfExists(file);
            channel.close();
        }
    }
}
