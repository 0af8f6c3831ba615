package dev.recsys.proofs.matrix;

import dev.recsys.proofs.wire.Cloud;
import dev.recsys.store.BlobStore;
import dev.recsys.testserver.FaultyProxy;
import java.nio.file.Path;

/**
 * Where one worker tries one cell after the other: a wire of its own before the shared server.
 *
 * @param cloud the server
 * @param wire what fails
 * @param clean the store past the wire
 * @param folder for builds
 */
record Bench(Cloud cloud, FaultyProxy wire, BlobStore clean, Path folder) implements AutoCloseable {
    static Bench before(Cloud cloud, Path folder) {
        return new Bench(cloud, cloud.newWire(), cloud.open(cloud.endpoint()), folder);
    }

    /** Opens the store over the wire, with clients that nothing happened to yet. */
    BlobStore openOverTheWire() {
        return cloud.open(wire.endpoint());
    }

    @Override
    public void close() {
        clean.close();
        wire.close();
    }
}
