package dev.recsys.proofs.simulate;

import java.util.List;
import java.util.function.LongFunction;

/** Runs one schedule after the other; through an interface of the JDK, so that another class loader's can be called. */
public final class SeedSearch implements LongFunction<List<String>>, AutoCloseable {
    private final Hands hands = new Hands();
    private final TinyBuilds builds = new TinyBuilds();

    /** Returns what is wrong in a schedule; nothing if the protocol held. */
    @Override
    public List<String> apply(long seed) {
        return Simulation.run(seed, hands, builds, line -> {}).findings();
    }

    @Override
    public void close() {
        hands.close();
        builds.close();
    }
}
