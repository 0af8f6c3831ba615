package dev.recsys.internal.pointer;

import dev.recsys.RefusedException;
import dev.recsys.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * Which releases are kept: those with an id of at least {@code fromRelease}, and the exceptions below it.
 *
 * @param fromRelease the lowest id that is kept without an exception
 * @param also lower ones that were current again after a rollback, with when they ceased to be; at most 64
 * @param pinned lower ones that an operator keeps; at most 64
 */
public record Retention(long fromRelease, List<Retired> also, List<Long> pinned) {
    static final int MAX_EXCEPTIONS = 64;

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

    /** Returns what is kept once a release ceases to be current at {@code seq}. */
    Retention retiring(Scope scope, long release, long seq) {
        if (release == 0 || keeps(release)) {
            return this;
        }
        if (also.size() == MAX_EXCEPTIONS) {
            throw new RefusedException(
                    scope,
                    List.of(new RefusedException.Refusal(
                            "retention",
                            "release " + release + " would be the " + (MAX_EXCEPTIONS + 1)
                                    + "th kept below release " + fromRelease
                                    + "; collect or unpin releases first")));
        }
        List<Retired> more = new ArrayList<>(also);
        more.add(new Retired(release, seq));
        return new Retention(fromRelease, more, pinned);
    }
}
