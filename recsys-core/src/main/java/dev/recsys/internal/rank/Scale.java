package dev.recsys.internal.rank;

/**
 * Turns the scores of one signal into shares of its weight: the best item that is not dropped has the whole weight, others
 * in proportion, and none less than 2^-40 of it or more than all of it.
 */
final class Scale {
    /** Of no weight. */
    static final Scale NOTHING = new Scale(0, 0);

    private static final float LEAST_SHARE = 0x1p-40f;

    private final float weight;
    private final float least;
    private final double factor; // double: one over the smallest float is no float

    Scale(float weight, float best) {
        this.weight = weight;
        this.least = weight * LEAST_SHARE;
        this.factor = best > 0 ? (double) weight / best : 0;
    }

    /** Returns the share of a finite score. */
    float share(float score) {
        float share = (float) (score * factor);
        if (share < least) { // nearly never, and then a branch is cheaper than Math.max
            return least;
        }
        return share > weight ? weight : share;
    }
}
