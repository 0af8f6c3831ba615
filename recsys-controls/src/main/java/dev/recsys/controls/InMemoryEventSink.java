package dev.recsys.controls;

import dev.recsys.control.EventSink;
import dev.recsys.control.Exposure;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Keeps the newest records of what was shown in memory, and forgets older ones. Safe for concurrent use; to take a record
 * costs a short lock and no I/O.
 */
public final class InMemoryEventSink implements EventSink {
    private final int most;
    private final ArrayDeque<Exposure> newest = new ArrayDeque<>(); // guarded by itself

    private InMemoryEventSink(int most) {
        this.most = most;
    }

    /**
     * Returns one that keeps so many records.
     *
     * @param most at least 1
     * @throws IllegalArgumentException if it is less
     */
    public static InMemoryEventSink keeping(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("an event sink cannot keep " + most + " records; expected at least 1");
        }
        return new InMemoryEventSink(most);
    }

    @Override
    public void exposed(Exposure exposure) {
        synchronized (newest) {
            if (newest.size() == most) {
                newest.removeFirst();
            }
            newest.addLast(exposure);
        }
    }

    /** Returns the records that are kept, the oldest first, as they came. */
    public List<Exposure> exposures() {
        synchronized (newest) {
            return List.copyOf(newest);
        }
    }
}
