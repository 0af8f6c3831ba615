package dev.recsys.internal.pointer;

import dev.recsys.RefusedException;
import dev.recsys.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Which releases are kept: those with an id of at least {@code fromRelease}, and the exceptions below it.
 *
 * @param fromRelease the lowest id that is kept without an exception
 * @param also lower ones that are kept for a time, with when they ceased to be current; at most 64
 * @param pinned those that an operator keeps, whatever their id; at most 64
 */
public record Retention(long fromRelease, List<Retired> also, List<Long> pinned) {
    /** How many exceptions of each kind there are at most. */
    public static final int MAX_EXCEPTIONS = 64;

    /** Keeps everything. */
    public static final Retention ALL = new Retention(1, List.of(), List.of());

    /** Copies the lists. */
    public Retention {
        also = List.copyOf(also);
        pinned = List.copyOf(pinned);
    }

    /**
     * A kept release.
     *
     * @param release its id
     * @param retiredSeq the revision in which it ceased to be current
     */
    public record Retired(long release, long retiredSeq) {}

    /** Returns whether a release is kept, apart from being current. */
    public boolean keeps(long release) {
        return release >= fromRelease
                || pinned.contains(release)
                || also.stream().anyMatch(retired -> retired.release() == release);
    }

    /** Returns what is kept one by one, highest first: what {@code fromRelease} alone would not keep, and what is pinned. */
    public LongStream exceptions() {
        return LongStream.concat(
                        also.stream().mapToLong(Retired::release),
                        pinned.stream().mapToLong(Long::longValue))
                .distinct()
                .map(id -> -id)
                .sorted()
                .map(id -> -id);
    }

    /** Returns what is kept once a release ceases to be current at {@code seq}; its age counts from then. */
    Retention retiring(Scope scope, long release, long seq) {
        boolean isException = also.stream().anyMatch(retired -> retired.release() == release);
        if (release == 0 || (keeps(release) && !isException)) {
            return this;
        }
        List<Retired> others = new ArrayList<>(also);
        others.removeIf(retired -> retired.release() == release);
        requireRoom(scope, others.size(), "release " + release + " would be kept below release " + fromRelease);
        others.add(new Retired(release, seq));
        return new Retention(fromRelease, others, pinned);
    }

    /** Returns what is kept once a release is pinned. */
    public Retention pinning(Scope scope, long release) {
        if (pinned.contains(release)) {
            return this;
        }
        requireRoom(scope, pinned.size(), "release " + release + " would be pinned");
        return new Retention(
                fromRelease,
                also,
                Stream.concat(pinned.stream(), Stream.of(release)).sorted().toList());
    }

    /** Returns what is kept once a release is no longer pinned: it stays, as if it had been retired at {@code seq}. */
    public Retention unpinning(Scope scope, long release, long seq) {
        List<Long> others = pinned.stream().filter(id -> id != release).toList();
        return new Retention(fromRelease, also, others).retiring(scope, release, seq);
    }

    private static void requireRoom(Scope scope, int taken, String what) {
        if (taken >= MAX_EXCEPTIONS) {
            throw new RefusedException(
                    scope,
                    List.of(new RefusedException.Refusal(
                            "retention",
                            what + ", and there are " + taken + " already, the most that a pointer has room for;"
                                    + " collect or unpin releases first")));
        }
    }
}
