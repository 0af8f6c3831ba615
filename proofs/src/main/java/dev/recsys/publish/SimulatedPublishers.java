package dev.recsys.publish;

import dev.recsys.internal.Ambient;

/** Lets proofs set what core lets only its own tests set: where a publisher takes time and chance from. */
public final class SimulatedPublishers {
    private SimulatedPublishers() {}

    /** Sets a publisher's surroundings. */
    public static ManifestPublisher.Builder in(Ambient ambient, ManifestPublisher.Builder builder) {
        return builder.ambient(ambient);
    }
}
