package dev.recsys.proofs.matrix;

import dev.recsys.proofs.Verdict;
import dev.recsys.proofs.wire.Cloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run came to.
 *
 * @param options what was run
 * @param results of every cell
 * @param time how long it took
 */
record MatrixReport(MatrixOptions options, List<CellResult> results, Duration time) {
    private static final int ROW_NAME = 24;

    MatrixReport {
        List<CellResult> all = results;
        results = all.stream()
                .map(result -> result.comparedTo(undisturbed(result.cell(), all)))
                .toList();
    }

    private static int undisturbed(Cell cell, List<CellResult> results) {
        return results.stream()
                .filter(other -> other.cell().strike().isEmpty()
                        && other.cell().cloud() == cell.cloud()
                        && other.cell().target() == cell.target())
                .findFirst()
                .orElseThrow()
                .requests();
    }

    boolean isSound() {
        return results.stream().allMatch(CellResult::isSound);
    }

    Verdict verdict() {
        return results.stream().map(CellResult::verdict).reduce(Verdict.NONE, Verdict::plus);
    }

    /** Returns a line for each thing that should not be. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (CellResult result : results) {
            Stream.concat(result.verdict().findings().stream(), result.wrong().stream())
                    .forEach(what -> findings.add(result.cell() + ": " + what));
        }
        return findings;
    }

    /** Returns a table for a cloud: a row for each fault and timing, a column for each kind of request. */
    private String table(Cloud.Kind cloud) {
        List<Target> targets = Target.of(cloud);
        StringBuilder text = new StringBuilder();
        line(text, cloud.toString().toUpperCase(Locale.ROOT), targets, Target::word);
        line(text, "without a fault", targets, target -> letterOf(cloud, target, Optional.empty()));
        for (Strike strike : options.strikes()) {
            if (!strike.lasting()) {
                String row = strike.fault() + " " + strike.timing().name().toLowerCase(Locale.ROOT);
                line(text, row, targets, target -> letters(cloud, target, strike));
            }
        }
        return text.toString();
    }

    private interface Column {
        String of(Target target);
    }

    private static void line(StringBuilder text, String name, List<Target> targets, Column column) {
        text.append(String.format(Locale.ROOT, "%-" + ROW_NAME + "s", name));
        targets.forEach(target -> text.append(String.format(Locale.ROOT, "%11s", column.of(target))));
        text.append('\n');
    }

    private String letters(Cloud.Kind cloud, Target target, Strike strike) {
        String once = letterOf(cloud, target, Optional.of(strike));
        Strike lasting = new Strike(strike.timing(), strike.fault(), true);
        return options.lasting() ? once + " " + letterOf(cloud, target, Optional.of(lasting)) : once;
    }

    private String letterOf(Cloud.Kind cloud, Target target, Optional<Strike> strike) {
        return results.stream()
                .filter(result -> result.cell().cloud() == cloud
                        && result.cell().target() == target
                        && result.cell().strike().equals(strike))
                .map(result -> String.valueOf(result.letter()))
                .findFirst()
                .orElse(".");
    }

    private String legend() {
        StringBuilder text = new StringBuilder();
        for (Mark mark : Mark.values()) {
            text.append("  ")
                    .append(mark.letter())
                    .append("  ")
                    .append(mark.meaning())
                    .append('\n');
        }
        if (options.lasting()) {
            text.append(
                    "the first letter: only the first such request meets the fault; the second: every one does, until the"
                            + " operation has told something\n");
        }
        return text.append(
                        "ship: upload, history, swap, pointer, check (looks for what should be there, and for what should"
                                + " not); reader: poll, artifact; collection: list, delete\n")
                .append("* the second of the two requests in which GCS reads an object\n")
                .toString();
    }

    private String counts() {
        Map<Character, Integer> counts = new TreeMap<>();
        results.forEach(result -> counts.merge(result.letter(), 1, Integer::sum));
        return counts.toString();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        options.clouds().forEach(cloud -> text.append(table(cloud)).append('\n'));
        long withFault = results.stream()
                .filter(result -> result.cell().strike().isPresent())
                .count();
        return text.append(legend())
                .append(String.format(
                        Locale.ROOT,
                        "matrix: seed %d, %d cells and %d without a fault, in %.1f s; letters %s%n%s; otherwise wrong %d",
                        options.seed(),
                        withFault,
                        results.size() - withFault,
                        time.toMillis() / 1e3,
                        counts(),
                        verdict(),
                        results.stream()
                                .mapToInt(result -> result.wrong().size())
                                .sum()))
                .toString();
    }
}
