package dev.recsys.testserver.gcs;

import java.util.function.BiConsumer;

/**
 * How a server deals with writes.
 *
 * @param commit how a change is made
 * @param limit how often
 * @param observer gets {@code bucket/object} and the content of each that takes effect
 */
record Conduct(Commit commit, WriteLimit limit, BiConsumer<String, byte[]> observer) {}
