package dev.recsys.eval;

import java.util.Set;

/**
 * Which types of outcomes are clicks, and which are conversions.
 *
 * @param clicks types such as of an opened page
 * @param conversions types such as of a purchase; their values are added up
 */
public record OutcomeKinds(Set<String> clicks, Set<String> conversions) {
    /** Copies the sets. */
    public OutcomeKinds {
        clicks = Set.copyOf(clicks);
        conversions = Set.copyOf(conversions);
    }
}
