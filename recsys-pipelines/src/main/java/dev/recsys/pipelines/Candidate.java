package dev.recsys.pipelines;

import java.util.function.Consumer;

/**
 * One way to compute a signal.
 *
 * @param name in words
 * @param change sets it
 */
record Candidate(String name, Consumer<BuildSettings> change) {}
