package dev.recsys.pipelines.events;

import java.io.IOException;

/** The records of a file whose lines are fields with a separator between them. */
interface FieldLines {
    /** Returns the records of RFC 4180 if the separator is a comma, else those of lines whose fields are as they are. */
    static FieldLines of(LineReader lines, String separator) {
        return separator.equals(",") ? new CsvLines(lines) : new PlainLines(lines, separator);
    }

    /**
     * Reads the next record that is not blank.
     *
     * @return whether there was one
     * @throws LineRefused if it is malformed; the one after it can be read
     */
    boolean next() throws IOException, LineRefused;

    /** Returns the number of fields of the record that was read last. */
    int fields();

    /** Returns a field of the record that was read last, from 0. */
    String field(int field);

    /** Returns the number of the line in which the record begins, from 1. */
    long line();

    /** Returns whether lines that follow the record were read already and wait. */
    boolean isAhead();
}
