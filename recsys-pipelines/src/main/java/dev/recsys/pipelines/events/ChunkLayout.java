package dev.recsys.pipelines.events;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * How the chunks of a file are read.
 *
 * @param file which file, for the list of lines that are no events
 * @param plain finds the fields of plain lines
 * @param records reads any line
 */
record ChunkLayout(Path file, PlainFormat plain, Function<LineReader, RecordSource> records) {}
