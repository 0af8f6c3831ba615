package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the records of a replay, counted; of each kind the first are kept to be told. */
final class ReplayTally {
    private static final int MOST_TOLD = 10;
    private static final int MOST_REASONS = 100;
    private static final String OTHER_REASONS = "other reasons";

    private long identical;
    private long different;
    private long impossible;
    private long malformed;
    private boolean hasDamage;
    private final List<Difference> differences = new ArrayList<>();
    private final Map<String, Reason> reasons = new LinkedHashMap<>();
    private final List<Malformed> malformedLines = new ArrayList<>();

    private record Difference(long line, List<String> what) {}

    private record Reason(long firstLine, long records) {}

    private record Malformed(long line, String problem) {}

    /** Counts an answer that was made again, and in what it differs. */
    void replayed(long line, List<String> what) {
        if (what.isEmpty()) {
            identical++;
            return;
        }
        different++;
        if (differences.size() < MOST_TOLD) {
            differences.add(new Difference(line, what));
        }
    }

    /** Counts an answer that cannot be made again, because something is gone or damaged. */
    void impossible(long line, String why, boolean isDamage) {
        impossible++;
        hasDamage |= isDamage;
        String reason = reasons.size() < MOST_REASONS || reasons.containsKey(why) ? why : OTHER_REASONS;
        reasons.merge(
                reason, new Reason(line, 1), (before, now) -> new Reason(before.firstLine(), before.records() + 1));
    }

    /** Counts a line that is no record. */
    void malformed(long line, String problem) {
        malformed++;
        if (malformedLines.size() < MOST_TOLD) {
            malformedLines.add(new Malformed(line, problem));
        }
    }

    long lines() {
        return replayed() + impossible + malformed;
    }

    private long replayed() {
        return identical + different;
    }

    int exitCode() {
        if (different > 0 || hasDamage) {
            return ExitCode.DAMAGE;
        }
        return impossible > 0 || malformed > 0 ? ExitCode.USAGE : ExitCode.DONE;
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("records", lines())
                .put("replayed", replayed())
                .put("identical", identical)
                .put("different", different)
                .put("not_possible", impossible)
                .put("malformed", malformed);
        ArrayNode found = json.putArray("differences");
        for (Difference difference : differences) {
            ArrayNode what = found.addObject().put("line", difference.line()).putArray("what");
            difference.what().forEach(what::add);
        }
        ArrayNode why = json.putArray("reasons");
        reasons.forEach((reason, seen) -> why.addObject()
                .put("reason", reason)
                .put("records", seen.records())
                .put("first_line", seen.firstLine()));
        ArrayNode lines = json.putArray("malformed_lines");
        malformedLines.forEach(
                line -> lines.addObject().put("line", line.line()).put("problem", line.problem()));
        return json;
    }

    String text() {
        StringBuilder text =
                new StringBuilder(new TextTable("REPLAYED", "IDENTICAL", "DIFFERENT", "NOT POSSIBLE", "MALFORMED")
                        .row(replayed(), identical, different, impossible, malformed)
                        .toString());
        differences.forEach(difference -> text.append(
                String.format("Line %d differs: %s%n", difference.line(), String.join("; ", difference.what()))));
        reasons.forEach((reason, seen) -> text.append(String.format(
                "Not possible for %d, the first in line %d: %s%n", seen.records(), seen.firstLine(), reason)));
        malformedLines.forEach(
                line -> text.append(String.format("Line %d is malformed: %s%n", line.line(), line.problem())));
        return text.toString();
    }
}
