package dev.recsys.pipelines;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What was chosen among candidates on a hold-out inside training.
 *
 * @param what what was to be chosen: a signal's name, or {@code blend}
 * @param figure by which figure, such as {@code recall@20}
 * @param trials the candidates that were tried, in the order in which ties are decided; empty if nothing was tried
 * @param chosen the name of the candidate that was taken
 * @param why in words, with the figures that decided
 */
public record Choice(String what, String figure, List<Trial> trials, String chosen, String why) {
    /**
     * One candidate.
     *
     * @param name the candidate in words, such as {@code rp3beta alpha=1.0 beta=0.3}
     * @param figure what it reached on the hold-out
     */
    public record Trial(String name, double figure) {}

    /** Copies the list. */
    public Choice {
        trials = List.copyOf(trials);
    }

    /** Returns the candidates with their figures, the best first, on one line. */
    public String ranking() {
        return trials.stream()
                .sorted((left, right) -> Double.compare(right.figure(), left.figure()))
                .map(trial -> String.format(Locale.ROOT, "%s %.4f", trial.name(), trial.figure()))
                .collect(Collectors.joining("; "));
    }
}
