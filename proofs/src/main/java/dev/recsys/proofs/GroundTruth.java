package dev.recsys.proofs;

import dev.recsys.store.BlobKey;
import java.util.Optional;

/** What a store holds and held, learnt past the store's code and without knowing the protocol. */
public interface GroundTruth {
    /** Returns the value that a register took as its {@code number}-th, from 1; empty if it has had fewer. */
    Optional<byte[]> value(BlobKey register, long number);

    /** Returns what an object holds; empty if there is none. */
    Optional<byte[]> content(BlobKey key);
}
