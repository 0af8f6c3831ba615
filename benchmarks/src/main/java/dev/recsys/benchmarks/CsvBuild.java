package dev.recsys.benchmarks;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** One way from a file of events with ids as texts to the neighbours of each item. */
interface CsvBuild extends AutoCloseable {
    int NEIGHBOURS = 100;
    int LAST_EVENTS = 50;

    /** A neighbour and its cosine. */
    record Neighbour(String item, double score) {}

    /** Does what is measured. */
    void build() throws Exception;

    /** Returns the neighbours of each item that has some, best first, equal ones by id. */
    Map<String, List<Neighbour>> rows() throws Exception;

    @Override
    default void close() throws SQLException {}
}
