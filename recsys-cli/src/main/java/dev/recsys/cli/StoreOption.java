package dev.recsys.cli;

import dev.recsys.publish.ManifestPublisher;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which store a command talks to, and whose pointers it takes from there. */
final class StoreOption {
    @Option(
            names = "--store",
            required = true,
            paramLabel = "URI",
            description = "The store: a path, file:///path, s3://bucket/prefix?region=R or gs://bucket/prefix.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String store;

    @Mixin
    private final TrustOption trusted = new TrustOption();

    /** Returns whom a reader trusts. */
    TrustList trust() throws IOException {
        return trusted.stated().orElse(TrustList.ANYONE);
    }

    /** Returns whom a publisher trusts; empty if that was not said. */
    Optional<TrustList> statedTrust() throws IOException {
        return trusted.stated();
    }

    /** Opens a store that exists. */
    BlobStore open() {
        return address().open();
    }

    /** Opens a store, which is made if the folder is missing or empty. */
    BlobStore create() {
        return address().create();
    }

    /**
     * Makes sure that a folder for something else is not in the store.
     *
     * @throws IllegalArgumentException if it is the store's folder, or lies in it
     */
    void requireOutside(String option, Path folder) throws IOException {
        address().requireOutside(option, folder);
    }

    /** Runs a piece of work that only reads, with a publisher over a store that exists. */
    <T> T read(Function<ManifestPublisher, T> work) throws IOException {
        TrustList trust = trust();
        try (BlobStore opened = open()) {
            return reading(opened, trust, work);
        }
    }

    /** Runs a piece of work that only reads, with a publisher over a store that is open. */
    static <T> T reading(BlobStore opened, TrustList trust, Function<ManifestPublisher, T> work) {
        return work.apply(ManifestPublisher.builder(opened, "reader")
                .trust(trust)
                .readOnly()
                .build());
    }

    StoreAddress address() {
        return new StoreAddress("--store", store);
    }
}
