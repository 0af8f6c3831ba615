package dev.recsys.serve;

import dev.recsys.internal.Ambient;

/** Lets proofs set what core lets only its own tests set: where a reader takes time and chance from. */
public final class SimulatedReaders {
    private SimulatedReaders() {}

    /** Sets a reader's surroundings. */
    public static EmbeddedRecommender.Builder in(Ambient ambient, EmbeddedRecommender.Builder builder) {
        return builder.ambient(ambient);
    }
}
