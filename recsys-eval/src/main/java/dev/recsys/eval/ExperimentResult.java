package dev.recsys.eval;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What an experiment in a log has shown.
 *
 * @param tenant whose it is
 * @param surface on which surface: one that holds on several has a result for each
 * @param name its name
 * @param users how many users each variant has, by its name; one that was planned and has none is there
 * @param mixedUsers how many users were given several variants; they are in none
 * @param listsWithoutUser how many lists were left out for it is not known who saw them
 * @param sampleRatio whether the variants have their planned shares; empty for a single variant
 * @param control the name of the variant that the others are compared with
 * @param comparisons one for each other variant, by name
 */
public record ExperimentResult(
        String tenant,
        String surface,
        String name,
        SortedMap<String, Long> users,
        long mixedUsers,
        long listsWithoutUser,
        Optional<SampleRatio> sampleRatio,
        String control,
        List<Comparison> comparisons) {
    /**
     * A variant beside the control.
     *
     * @param variant its name
     * @param figures the effect; empty if an arm has fewer than two users, or the sample ratio is a mismatch
     * @param verdict what may be said
     */
    public record Comparison(String variant, Optional<Experiment> figures, Verdict verdict) {}

    /** Copies the lists. */
    public ExperimentResult {
        comparisons = List.copyOf(comparisons);
    }
}
