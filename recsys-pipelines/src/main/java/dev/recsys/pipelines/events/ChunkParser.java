package dev.recsys.pipelines.events;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads the lines of one chunk: plain ones from their bytes, any other as a file is read record by record. */
final class ChunkParser {
    private static final byte[] NO_TAIL = new byte[0];

    private final Chunk chunk;
    private final ChunkLayout layout;
    private final LineReader lines;
    private final RecordSource source;
    private final ChunkEvents events;
    private final IntakeCounts counts = new IntakeCounts();
    private final Quarantine quarantine = new Quarantine();
    private final EventIntake intake;
    private final PlainIntake plainIntake;
    private final FieldRanges fields = new FieldRanges();
    private final FieldValues values = new FieldValues();
    private long records;
    private long tailLine; // 0 if there is no tail

    private ChunkParser(Chunk chunk, ChunkLayout layout, EventFilter filter) {
        this.chunk = chunk;
        this.layout = layout;
        this.events = new ChunkEvents(chunk.length());
        this.lines = LineReader.over(chunk.bytes(), chunk.length());
        this.source = layout.records().apply(lines);
        this.intake = new EventIntake(events::add, filter, counts);
        this.plainIntake = new PlainIntake(events, filter, counts);
    }

    static ParsedChunk parse(Chunk chunk, ChunkLayout layout, EventFilter filter) {
        try {
            return new ChunkParser(chunk, layout, filter).parse();
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes can always be read", e);
        }
    }

    private ParsedChunk parse() throws IOException {
        do {
            if (!source.isAhead()) {
                takePlainLines();
            }
        } while (takeRecord());
        boolean isWhole = tailLine == 0;
        return new ParsedChunk(
                events.build(),
                records,
                isWhole ? lines.number() : tailLine - 1,
                counts,
                quarantine,
                isWhole ? NO_TAIL : chunk.from(tailLine));
    }

    private void takePlainLines() {
        byte[] bytes = chunk.bytes();
        int at = lines.position();
        long number = lines.number();
        int lineFeed = layout.plain().read(bytes, at, chunk.length(), fields);
        while (lineFeed >= 0 && plainIntake.take(bytes, fields)) {
            at = lineFeed + 1;
            number++;
            records++;
            lineFeed = layout.plain().read(bytes, at, chunk.length(), fields);
        }
        lines.moveTo(at, number);
    }

    /** Takes any record; returns whether there was a whole one. */
    private boolean takeRecord() throws IOException {
        try {
            if (!source.next(values)) {
                return false;
            }
            intake.accept(values);
        } catch (LineRefused refused) {
            if (refused.isAtEnd() && !chunk.isLast()) {
                tailLine = source.line();
                return false;
            }
            quarantine.add(layout.file(), source.line(), refused);
        }
        records++;
        return true;
    }
}
