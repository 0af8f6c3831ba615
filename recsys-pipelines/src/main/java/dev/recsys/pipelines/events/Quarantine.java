package dev.recsys.pipelines.events;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Counts the lines that are no events, keeps the first of each kind, and knows when it is too many. */
final class Quarantine {
    private static final int EXAMPLES = 5;

    private final List<RejectedLine> malformed = new ArrayList<>();
    private final List<RejectedLine> setAside = new ArrayList<>();
    private long malformedCount;
    private long setAsideCount;

    void add(Path file, long line, LineRefused refused) {
        if (refused.isMalformed()) {
            malformedCount++;
        } else {
            setAsideCount++;
        }
        List<RejectedLine> listed = refused.isMalformed() ? malformed : setAside;
        if (listed.size() < ReadReport.MAX_LISTED) {
            listed.add(new RejectedLine(file, line, refused.reason()));
        }
    }

    /** Adds what was found in a part of a file, whose lines are counted from its beginning. */
    void add(Quarantine part, long linesBefore) {
        malformedCount += part.malformedCount;
        setAsideCount += part.setAsideCount;
        add(malformed, part.malformed, linesBefore);
        add(setAside, part.setAside, linesBefore);
    }

    private static void add(List<RejectedLine> all, List<RejectedLine> part, long linesBefore) {
        part.stream()
                .limit(ReadReport.MAX_LISTED - all.size())
                .map(line -> new RejectedLine(line.file(), linesBefore + line.line(), line.reason()))
                .forEach(all::add);
    }

    void requireFewMalformed(long lines, double maxShare) {
        if (malformedCount <= maxShare * lines) {
            return;
        }
        String examples =
                malformed.stream().limit(EXAMPLES).map(RejectedLine::toString).collect(Collectors.joining("; "));
        throw new BadEventsException(
                malformedCount + " of " + lines + " lines are malformed, more than the share of " + maxShare
                        + " that is allowed; the first: " + examples
                        + ". Mend the lines, check the mapping of columns, or allow a larger share.",
                null);
    }

    long malformedCount() {
        return malformedCount;
    }

    long setAsideCount() {
        return setAsideCount;
    }

    List<RejectedLine> malformed() {
        return malformed;
    }

    List<RejectedLine> setAside() {
        return setAside;
    }
}
