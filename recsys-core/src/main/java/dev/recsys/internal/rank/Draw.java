package dev.recsys.internal.rank;

import dev.recsys.RecommendationRequest;

/**
 * Draws numbers from a seed, the same on every JDK: the finaliser of SplitMix64 over a Weyl sequence. Steele, Lea, Flood: Fast
 * Splittable Pseudorandom Number Generators, OOPSLA 2014, figure 14 and section 5.
 */
public final class Draw {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private Draw() {}

    /** Returns the draw of a number, 0 or more and below the bound, which is at most 2^20 so that no number is favoured by more than 2^-33. */
    static int below(int bound, long seed, int number) {
        return (int) ((mix(seed + (number + 1) * GOLDEN_GAMMA) >>> 11) * 0x1p-53 * bound);
    }

    /** Returns a seed for a request that brings none: the same for one user and release, and never 0. */
    public static long seedOf(RecommendationRequest request, long release) {
        String name = request.scope() + " " + request.user().orElse("") + " " + release;
        long seed = 0;
        for (int i = 0; i < name.length(); i++) {
            seed = mix(seed + name.charAt(i) + GOLDEN_GAMMA);
        }
        return seed == 0 ? 1 : seed;
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
