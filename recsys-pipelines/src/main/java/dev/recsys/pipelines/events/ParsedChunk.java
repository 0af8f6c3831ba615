package dev.recsys.pipelines.events;

/**
 * What was in a chunk.
 *
 * @param events the events that are wanted, duplicates included
 * @param records how many records there were
 * @param lines how many lines these had, blank ones included
 * @param counts what was not wanted
 * @param quarantine what is no event, by the number of the line within the chunk
 * @param tail the lines of a last record that goes on in the next chunk; not counted in the rest
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, and changed by nobody
record ParsedChunk(
        EventBatch events, long records, long lines, IntakeCounts counts, Quarantine quarantine, byte[] tail) {}
