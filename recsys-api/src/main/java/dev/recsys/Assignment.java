package dev.recsys;

/**
 * Which variant of which experiment a request was given.
 *
 * @param experiment the name of the experiment
 * @param variant the name of its variant
 */
public record Assignment(String experiment, String variant) {
    /**
     * Refuses blank names.
     *
     * @throws IllegalArgumentException if a name is blank
     */
    public Assignment {
        if (experiment.isBlank() || variant.isBlank()) {
            throw new IllegalArgumentException(
                    "assignment is '" + experiment + "', '" + variant + "'; expected two names, neither blank");
        }
    }
}
