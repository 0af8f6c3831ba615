package dev.recsys.eval;

import java.util.List;

/**
 * An item of a list that was shown.
 *
 * @param item its id
 * @param facets by what it is grouped, each once; an item of several signals counts for each of them
 */
public record LoggedItem(String item, List<Facet> facets) {
    /** Copies the list. */
    public LoggedItem {
        facets = List.copyOf(facets);
    }
}
