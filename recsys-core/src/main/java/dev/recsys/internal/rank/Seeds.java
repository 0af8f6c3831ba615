package dev.recsys.internal.rank;

import dev.recsys.RecommendationRequest;

/** Gives a request a seed of its own where it brings none. */
public final class Seeds {
    private Seeds() {}

    /** Returns a seed that is the same for one user and release, and never 0. */
    public static long of(RecommendationRequest request, long release) {
        String name = request.scope() + " " + request.user().orElse("") + " " + release;
        long seed = Draw.seedOf(name);
        return seed == 0 ? 1 : seed;
    }
}
