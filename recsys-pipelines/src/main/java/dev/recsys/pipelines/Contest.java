package dev.recsys.pipelines;

import dev.recsys.pipelines.evaluate.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Candidates compared by one figure: the highest wins, of equal ones the first that entered. */
final class Contest<T> {
    /** With fewer users or sessions to ask about, a difference between two candidates would be chance. */
    static final int FEWEST_GROUPS = 30;

    private final String what;
    private final String figure;
    private final List<Choice.Trial> trials = new ArrayList<>();
    private Optional<T> winner = Optional.empty();
    private String winnerName = "";
    private double best;
    private long groups;

    /**
     * Opens a contest.
     *
     * @param what what is to be chosen
     * @param figure by which figure
     */
    Contest(String what, String figure) {
        this.what = what;
        this.figure = figure;
    }

    /** Returns whether a candidate of that name entered. */
    boolean has(String name) {
        return trials.stream().anyMatch(trial -> trial.name().equals(name));
    }

    /** Enters a candidate, and returns whether it leads now. */
    boolean enter(String name, Figures figures, T candidate) {
        double reached = figures.value(figure);
        trials.add(new Choice.Trial(name, reached));
        groups = figures.groups();
        if (winner.isPresent() && reached <= best) {
            return false;
        }
        winner = Optional.of(candidate);
        winnerName = name;
        best = reached;
        return true;
    }

    /** Returns whether there was too little to ask for the contest to mean anything. */
    boolean isVoid() {
        return groups < FEWEST_GROUPS;
    }

    /** Returns the candidate that leads; there is one. */
    T winner() {
        return winner.orElseThrow();
    }

    /** Returns what the leader reached. */
    double best() {
        return best;
    }

    /**
     * Says what was chosen and why.
     *
     * @param where on what it was measured, as in "on WHERE"
     */
    Choice choice(String where) {
        String runnerUp = trials.stream()
                .filter(trial -> !trial.name().equals(winnerName))
                .max((left, right) -> Double.compare(left.figure(), right.figure()))
                .map(trial -> String.format(Locale.ROOT, "; next is %s with %.4f", trial.name(), trial.figure()))
                .orElse("; it was the only one");
        String why = String.format(
                Locale.ROOT,
                "%s has the highest %s of %d candidates, %.4f over %d groups, on %s%s",
                winnerName,
                figure,
                trials.size(),
                best,
                groups,
                where,
                runnerUp);
        return new Choice(what, figure, trials, winnerName, why);
    }

    /** Says that nothing was chosen, and why. */
    Choice none(String kept) {
        String why = String.format(
                Locale.ROOT,
                "%s is kept as it was set: the hold-out has %d groups, and below %d a difference would be chance",
                what,
                groups,
                FEWEST_GROUPS);
        return new Choice(what, figure, List.of(), kept, why);
    }
}
