package dev.recsys.examples;

import dev.recsys.Recommender;
import dev.recsys.Scope;
import java.util.Optional;

/** Asks a recommender what customers would ask, right after a ship. */
@FunctionalInterface
public interface SmokeTest {
    /** Returns what is wrong with the answers; empty if nothing is. */
    Optional<String> complaint(Recommender recommender, Scope scope);

    /** Returns a test that a visitor nobody knows sees at least so many items. */
    static SmokeTest newVisitorsSeeAtLeast(int items) {
        return (recommender, scope) -> {
            int seen = recommender
                    .recommend(scope.tenant(), scope.surface(), "nobody-knows-me")
                    .items()
                    .size();
            return seen >= items
                    ? Optional.empty()
                    : Optional.of("a new visitor sees " + seen + " items, expected at least " + items);
        };
    }
}
