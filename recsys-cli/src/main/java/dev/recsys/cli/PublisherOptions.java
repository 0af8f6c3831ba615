package dev.recsys.cli;

import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.probe.StoreProbe;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.SigningKey;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

    @Option(
            names = "--sign-with",
            paramLabel = "FILE",
            description = "Sign with the key in this file: an Ed25519 private key in PEM form. Repeatable.")
    private List<Path> signers = List.of();

    /** Runs a piece of work with a publisher over the store. */
    <T> T with(Function<ManifestPublisher, T> work) throws IOException {
        return creating(builder -> work.apply(builder.build()), false);
    }

    /** Runs a piece of work with a publisher over the store, which is made if it is missing. */
    <T> T creating(Function<ManifestPublisher.Builder, T> work, boolean create) throws IOException {
        SigningKey[] keys = keys();
        TrustList trust = store.trust();
        try (BlobStore opened = create ? store.create() : store.open()) {
            return work.apply(publisher(opened).signWith(keys).trust(trust));
        }
    }

    private SigningKey[] keys() throws IOException {
        SigningKey[] keys = new SigningKey[signers.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = SigningKey.read(signers.get(i));
        }
        return keys;
    }

    private ManifestPublisher.Builder publisher(BlobStore opened) {
        String user = System.getProperty("user.name", "unknown");
        return ManifestPublisher.builder(opened, by == null ? user : by).probe(StoreProbe.quick(), store::open);
    }
}
