package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How much memory a build takes at most, told from the counts of what was read, before anything is computed. Signals are
 * computed one after the other, so that the largest one decides.
 *
 * @param eventBytes what events, items and sessions take, all the while
 * @param signalBytes what each signal takes beside them while it is computed
 */
public record MemoryNeed(long eventBytes, SortedMap<ArtifactType, Long> signalBytes) {
    private static final String THROUGH_FILES = "Popularity, cooc, content_sim, and implicit by a similarity are built"
            + " through files where nothing else is asked for; session_seq, the models ease and ials, and a selection need"
            + " all events in memory.";
    private static final long MB = 1_000_000;

    /** Copies the map. */
    public MemoryNeed {
        signalBytes = Collections.unmodifiableSortedMap(new TreeMap<>(signalBytes));
    }

    /** Returns the most that the build takes at one time. */
    public long peakBytes() {
        return eventBytes
                + signalBytes.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /**
     * Requires the heap to hold it.
     *
     * @throws IllegalArgumentException if it does not; the message says what takes how much, and what to do
     */
    void requireWithin(long heapBytes) {
        requireWithin(heapBytes, "The build", "for implicit, choose the model rp3beta. " + THROUGH_FILES);
    }

    /**
     * Requires the heap to hold what a build through files has in memory.
     *
     * @throws IllegalArgumentException if it does not; the message says what takes how much, and what to do
     */
    void requireWithinThroughFiles(long heapBytes) {
        requireWithin(
                heapBytes,
                "Through files too the build",
                "what stays in memory are the items, and of the events one part: those of an item, a user or a session"
                        + " are never parted.");
    }

    private void requireWithin(long heapBytes, String what, String advice) {
        if (peakBytes() <= heapBytes) {
            return;
        }
        String signals = signalBytes.entrySet().stream()
                .sorted(Map.Entry.<ArtifactType, Long>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " " + megabytes(entry.getValue()))
                .collect(Collectors.joining(", "));
        throw new IllegalArgumentException(what + " needs " + megabytes(peakBytes()) + " at most (events "
                + megabytes(eventBytes) + ", and one after the other " + signals + "), and the heap has room for "
                + heapBytes / MB + " MB. Give the JVM more with -Xmx, take a shorter window, or leave out what takes"
                + " the most; " + advice);
    }

    /**
     * Requires a heap that has room for any build at all.
     *
     * @throws IllegalArgumentException if it has none
     */
    static void requireRoom(long heapBytes) {
        if (heapBytes <= 0) {
            throw new IllegalArgumentException(
                    "The heap is too small for any build. Give the JVM more with -Xmx, at least -Xmx16m; nothing was read.");
        }
    }

    /** Says that the heap does not even hold the events while they are read. */
    static IllegalArgumentException ofEvents(long heapBytes) {
        return new IllegalArgumentException("The events take more while they are read than the "
                + megabytes(heapBytes)
                + " that the heap has room for. Give the JVM more with -Xmx, or take a shorter window. "
                + THROUGH_FILES);
    }

    /** Says that the heap does not even hold what stays in memory while events are put into files. */
    static IllegalArgumentException ofReadingThroughFiles(long heapBytes) {
        return new IllegalArgumentException("Through files too a build has the ids of all items in memory, and where"
                + " events have ids one part of the events at a time. These take more than the "
                + megabytes(heapBytes) + " that the heap has room for. Give the JVM more with -Xmx, or take a shorter"
                + " window.");
    }

    private static String megabytes(long bytes) {
        return (bytes + MB - 1) / MB + " MB";
    }
}
