package dev.recsys.pipelines.events;

/** Counts well-formed lines that are not wanted. */
final class IntakeCounts {
    long otherScope;
    long outsideWindow;
    long ignored;

    void add(IntakeCounts other) {
        otherScope += other.otherScope;
        outsideWindow += other.outsideWindow;
        ignored += other.ignored;
    }
}
