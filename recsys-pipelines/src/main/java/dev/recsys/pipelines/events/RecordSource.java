package dev.recsys.pipelines.events;

import java.io.IOException;

/** The records of one file, one after the other. */
interface RecordSource {
    /**
     * Reads the next record that is not blank.
     *
     * @return whether there was one
     * @throws LineRefused if the next record is malformed; the one after it can be read
     * @throws IOException if the file cannot be read on
     */
    boolean next(FieldValues values) throws IOException, LineRefused;

    /** Returns the number of the line in which the record begins, from 1. */
    long line();

    /** Returns whether lines that follow the record, or more records of its line, were read already and wait. */
    boolean isAhead();
}
