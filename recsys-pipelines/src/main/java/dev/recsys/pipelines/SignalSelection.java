package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.evaluate.Blend;
import dev.recsys.pipelines.evaluate.Evaluator;
import dev.recsys.pipelines.evaluate.Figures;
import dev.recsys.pipelines.evaluate.HoldOut;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.table.Table;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Chooses how a signal is computed: every candidate is trained on what a hold-out inside training leaves, and answers
 * alone what the hold-out asks.
 */
final class SignalSelection {
    private final HoldOut inside;
    private final String figure;
    private final Evaluator evaluator;
    private final BuildSettings settings;
    private final List<ItemAttributes> items;
    private final Baskets baskets;

    /**
     * Creates the selection.
     *
     * @param inside the hold-out inside training
     * @param figure what decides; the evaluator has its cut
     * @param settings what does not depend on the choice
     * @param items what is known of items
     */
    SignalSelection(
            HoldOut inside, String figure, Evaluator evaluator, BuildSettings settings, List<ItemAttributes> items) {
        this.items = items;
        this.inside = inside;
        this.figure = figure;
        this.evaluator = evaluator;
        this.settings = settings;
        this.baskets = Baskets.of(inside.train(), settings.sessions);
    }

    /**
     * What was found for one signal.
     *
     * @param candidate how it is computed
     * @param recency how recent items count
     * @param tables what the candidate made of the hold-out's training
     * @param best the figure that it reached
     * @param choice how it came to that
     */
    record Result(Candidate candidate, Blend recency, Map<ArtifactType, Table> tables, double best, Choice choice) {}

    private record Entry(Candidate candidate, Blend recency, Map<ArtifactType, Table> tables) {}

    /** Tries the candidates of a signal with each way to count recent items. */
    Result run(ArtifactType signal, List<Blend> recencies) throws IOException {
        Contest<Entry> contest = new Contest<>(signal.name(), figure);
        List<Blend> ways = signal.equals(ArtifactType.POPULARITY) ? recencies.subList(0, 1) : recencies;
        for (Candidate candidate : Candidates.of(signal, inside.train().itemCount())) {
            Map<ArtifactType, Table> tables = tables(signal, candidate);
            for (Blend recency : ways) {
                Figures figures = evaluator.run(inside, tables, recency.withWeights(Map.of(signal, 1.0)));
                contest.enter(name(candidate, recency, ways), figures, new Entry(candidate, recency, tables));
                if (contest.isVoid()) {
                    Candidate kept = new Candidate("as set", copy -> {});
                    return new Result(kept, recency, tables, 0, contest.none(kept.name()));
                }
            }
        }
        Entry best = contest.winner();
        return new Result(
                best.candidate(), best.recency(), best.tables(), contest.best(), contest.choice(where(inside)));
    }

    /** Says what a hold-out inside training is. */
    static String where(HoldOut inside) {
        return inside.split()
                .map(split -> "the last fifth of the training events, from " + split + " on")
                .orElse("items held out of training");
    }

    private Map<ArtifactType, Table> tables(ArtifactType signal, Candidate candidate) throws IOException {
        BuildSettings changed = settings.with(copy -> {
            copy.everySignal = false;
            copy.signals = Set.of(signal);
            candidate.change().accept(copy);
        });
        return TrialTables.of(changed, inside.train(), baskets, items);
    }

    private static String name(Candidate candidate, Blend recency, List<Blend> recencies) {
        return recencies.size() == 1
                ? candidate.name() // there is one way, or it makes no difference
                : String.format(
                        Locale.ROOT,
                        "%s (recency %s of %d)",
                        candidate.name(),
                        recency.recencyDecay(),
                        recency.maxRecentItems());
    }
}
