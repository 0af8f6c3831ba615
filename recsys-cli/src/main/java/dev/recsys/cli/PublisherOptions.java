package dev.recsys.cli;

import dev.recsys.publish.ManifestPublisher;
import dev.recsys.store.BlobStore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who publishes to which store. */
final class PublisherOptions {
    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(names = "--by", paramLabel = "WHO", description = "Who does this; by default the user of this process.")
    private @Nullable String by;

    /** Runs a piece of work with a publisher over the store. */
    <T> T with(Function<ManifestPublisher, T> work) {
        try (BlobStore opened = store.open()) {
            return work.apply(publisher(opened).build());
        }
    }

    /** Runs a piece of work with a publisher over the store, which is made if it is missing. */
    <T> T creating(Function<ManifestPublisher.Builder, T> work, boolean create) {
        try (BlobStore opened = create ? store.create() : store.open()) {
            return work.apply(publisher(opened));
        }
    }

    private ManifestPublisher.Builder publisher(BlobStore opened) {
        String user = System.getProperty("user.name", "unknown");
        return ManifestPublisher.builder(opened, by == null ? user : by);
    }
}
