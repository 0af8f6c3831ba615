package dev.recsys.pipelines.events;

import java.util.Map;

/**
 * How the records of one file of separated fields are laid out, once its first one was looked at.
 *
 * @param separator what is between fields
 * @param columns where the fields of an event are, from 0
 * @param fields how many fields a record has
 * @param firstLine what the first line is called where a record has another number of fields
 */
record CsvLayout(String separator, Map<EventField, Integer> columns, int fields, String firstLine) {
    /** Returns whether records have no time. */
    boolean isTimeless() {
        return !columns.containsKey(EventField.TS);
    }
}
