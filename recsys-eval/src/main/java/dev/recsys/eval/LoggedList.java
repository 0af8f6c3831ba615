package dev.recsys.eval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A list that was shown.
 *
 * @param tenant whose
 * @param surface where
 * @param requestId its name, if it has one; of two of a tenant with the same name one counts
 * @param user to whom, if that is known
 * @param at when
 * @param items in their order; may be empty
 * @param facets by what the list is grouped, each once
 * @param variant the variant of the experiment it was made by, if it was in one
 * @param latencyNanos how long it took to make, if that was measured
 */
public record LoggedList(
        String tenant,
        String surface,
        Optional<String> requestId,
        Optional<String> user,
        Instant at,
        List<LoggedItem> items,
        List<Facet> facets,
        Optional<Variant> variant,
        OptionalLong latencyNanos) {
    /**
     * A variant of an experiment.
     *
     * @param experiment the name of the experiment
     * @param name the name of the variant
     */
    public record Variant(String experiment, String name) {}

    /** Copies the lists. */
    public LoggedList {
        items = List.copyOf(items);
        facets = List.copyOf(facets);
    }
}
