package dev.recsys.eval;

import java.util.List;

/**
 * An item of a list that was shown.
 *
 * @param item its id
 * @param propensity the probability that it got its place, 1 unless it was drawn
 * @param facets by what it is grouped, each once; an item of several signals counts for each of them
 */
public record LoggedItem(String item, double propensity, List<Facet> facets) {
    /** Copies the list. */
    public LoggedItem {
        facets = List.copyOf(facets);
    }
}
