package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.evaluate.Blend;
import dev.recsys.pipelines.evaluate.Evaluator;
import dev.recsys.pipelines.evaluate.HoldOut;
import dev.recsys.table.Table;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Chooses what each signal counts, forward: begins with the best signal alone, and lets the others join one after the
 * other, in the order of what they reached alone, each with the weight that helps most, if any does. Then the ways to count
 * recent items are tried once more for all together.
 */
final class BlendSelection {
    private final HoldOut inside;
    private final Evaluator evaluator;
    private final Contest<Blend> contest;

    BlendSelection(HoldOut inside, String figure, Evaluator evaluator) {
        this.inside = inside;
        this.evaluator = evaluator;
        this.contest = new Contest<>("blend", figure);
    }

    /**
     * Chooses.
     *
     * @param results one a signal, the best first
     * @param recencies the ways to count recent items
     */
    Blend run(List<SignalSelection.Result> results, List<Blend> recencies) throws IOException {
        Map<ArtifactType, Table> tables = new TreeMap<>();
        results.forEach(result -> tables.putAll(result.tables()));
        SignalSelection.Result first = results.get(0);
        tryOut(first.recency().withWeights(Map.of(signal(first), 1.0)), tables);
        for (SignalSelection.Result result : results.subList(1, results.size())) {
            Blend before = contest.winner();
            for (double weight : Candidates.weights()) {
                Map<ArtifactType, Double> weights = new TreeMap<>(before.weights());
                weights.put(signal(result), weight);
                tryOut(before.withWeights(weights), tables);
            }
        }
        Map<ArtifactType, Double> weights = contest.winner().weights();
        for (Blend recency : recencies) {
            tryOut(recency.withWeights(weights), tables);
        }
        return contest.winner();
    }

    Choice choice() {
        return contest.choice(SignalSelection.where(inside));
    }

    /** Says a blend in words. */
    static String words(Blend blend) {
        String weights = new TreeMap<>(blend.weights())
                .entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(" + "));
        return String.format(
                Locale.ROOT, "%s, recency %s of %d", weights, blend.recencyDecay(), blend.maxRecentItems());
    }

    private void tryOut(Blend blend, Map<ArtifactType, Table> tables) throws IOException {
        if (contest.has(words(blend))) {
            return;
        }
        contest.enter(words(blend), evaluator.run(inside, tables, blend), blend);
    }

    private static ArtifactType signal(SignalSelection.Result result) {
        return result.tables().keySet().iterator().next();
    }
}
