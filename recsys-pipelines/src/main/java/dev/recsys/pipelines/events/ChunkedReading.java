package dev.recsys.pipelines.events;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads events in chunks of a file that several threads parse; one takes what they found in the order of the file, so that
 * it is the same as if one had read all. A chunk is parsed as if a record began with it. Where the one before ends within a
 * record, which then is quoted, it is parsed once more with the beginning of that record before it.
 */
final class ChunkedReading implements FileReading, Closeable {
    private final ReadTask task;
    private final EventsBuilder builder;
    private final RecordReading recordReading;
    private final Chunking chunking;
    private final Executor executor;
    private final Runnable stop;

    /** A chunk, and what will have been found in it. */
    private record Waiting(Chunk chunk, CompletableFuture<ParsedChunk> parsed) {}

    ChunkedReading(ReadTask task, EventsBuilder builder, Chunking chunking) {
        this.task = task;
        this.builder = builder;
        this.recordReading = new RecordReading(task, builder::add);
        this.chunking = chunking;
        if (chunking.threads() == 1) {
            this.executor = Runnable::run;
            this.stop = () -> {};
        } else {
            ExecutorService pool = pool(chunking.threads());
            this.executor = pool;
            this.stop = pool::shutdownNow;
        }
    }

    @Override
    public long read(Path path, EventFile file, Runnable isRead) throws IOException {
        return switch (task.formatOf(path)) {
            case CSV -> readCsv(path, file, isRead);
            case JSONL -> read(jsonl(path), new LineReader(file.in()), isRead);
            case LISTS -> recordReading.read(path, file, isRead);
        };
    }

    /** Stops the threads. */
    @Override
    public void close() {
        stop.run();
    }

    private long readCsv(Path path, EventFile file, Runnable isRead) throws IOException {
        LineReader lines = new LineReader(file.in());
        CsvSource source = task.csv(path, lines);
        boolean firstIsData = source.isAhead() && recordReading.take(source, path);
        CsvLayout layout = source.layout();
        ChunkLayout chunks =
                new ChunkLayout(path, PlainCsv.of(layout), chunkLines -> CsvSource.goingOn(chunkLines, layout));
        return (firstIsData ? 1 : 0) + read(chunks, lines, isRead);
    }

    private ChunkLayout jsonl(Path path) {
        EventColumns columns = task.source().columns();
        return new ChunkLayout(path, PlainJson.of(columns), lines -> new JsonlSource(lines, columns));
    }

    /** Reads what follows the current line. */
    private long read(ChunkLayout layout, LineReader head, Runnable isRead) throws IOException {
        ChunkCutter cutter = new ChunkCutter(head.rest(), chunking.chunkBytes(Files.size(layout.file())));
        Taking taking = new Taking(layout, head.number());
        Deque<Waiting> waiting = new ArrayDeque<>();
        boolean more = true;
        while (more) {
            Chunk chunk = cutter.next();
            more = !chunk.isLast();
            waiting.add(new Waiting(chunk, CompletableFuture.supplyAsync(() -> parse(chunk, layout), executor)));
            while (waiting.size() >= chunking.maxWaiting() || (!more && !waiting.isEmpty())) {
                taking.take(waiting.remove());
                isRead.run();
            }
        }
        return taking.records;
    }

    private ParsedChunk parse(Chunk chunk, ChunkLayout layout) {
        return ChunkParser.parse(chunk, layout, task.filter());
    }

    private static ExecutorService pool(int threads) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "recsys-pipelines-read-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private static ParsedChunk result(CompletableFuture<ParsedChunk> parsed) {
        try {
            return parsed.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            if (e.getCause() instanceof Error error) { // such as memory that ran out
                throw error;
            }
            throw e;
        }
    }

    /** Takes the chunks of one file in their order. */
    private final class Taking {
        private final ChunkLayout layout;
        private long lines;
        private long records;
        private byte[] tail = new byte[0];

        Taking(ChunkLayout layout, long linesBefore) {
            this.layout = layout;
            this.lines = linesBefore;
        }

        void take(Waiting waiting) {
            ParsedChunk parsed = tail.length == 0
                    ? result(waiting.parsed())
                    : parse(waiting.chunk().after(tail), layout);
            builder.add(parsed.events(), Set.of());
            task.counts().add(parsed.counts());
            task.quarantine().add(parsed.quarantine(), lines);
            lines += parsed.lines();
            records += parsed.records();
            tail = parsed.tail();
        }
    }
}
