package dev.recsys.proofs.kill;

import dev.recsys.proofs.GroundTruth;
import java.net.URI;

/** The store of a run as the parent has it: it makes the store, sees past its code, and outlives every process. */
interface Ground extends GroundTruth, AutoCloseable {
    /** Returns the address at which a process opens the store. */
    URI address();

    /** Returns in words what killed writers left behind that is no object. */
    String leftovers();

    /** Ends what the store runs on; what is on the disk stays. */
    @Override
    void close();
}
