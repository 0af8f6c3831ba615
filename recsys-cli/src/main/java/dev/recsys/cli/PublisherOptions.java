package dev.recsys.cli;

import dev.recsys.postgres.PostgresDatabase;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.probe.StoreProbe;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.SigningKey;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** Who publishes to which store. */
final class PublisherOptions {
    @Mixin
    private final StoreOption store = new StoreOption();

    @Mixin
    private final AuthorOptions author = new AuthorOptions();

    /** Runs a piece of work with a publisher over the store. */
    <T> T with(Function<ManifestPublisher, T> work) throws IOException {
        return creating(builder -> work.apply(builder.build()), false);
    }

    /** Runs a piece of work with a publisher over the store, which is made if it is missing. */
    <T> T creating(Function<ManifestPublisher.Builder, T> work, boolean create) throws IOException {
        return with(store.address(), author, store.statedTrust(), create, work);
    }

    /** Returns where the store is. */
    StoreOption store() {
        return store;
    }

    /** Returns the options that name the database. */
    DatabaseOptions database() {
        return author.databaseOptions();
    }

    /** Runs a piece of work with a publisher over a store, which is made if it is missing and that is wanted. */
    static <T> T with(
            StoreAddress store,
            AuthorOptions author,
            Optional<TrustList> trust,
            boolean create,
            Function<ManifestPublisher.Builder, T> work)
            throws IOException {
        SigningKey[] keys = author.keys();
        Optional<PostgresDatabase> database = author.database();
        try (BlobStore opened = create ? store.create() : store.open()) {
            ManifestPublisher.Builder publisher = author.publisher(opened)
                    .probe(StoreProbe.quick(), store::open)
                    .signWith(keys);
            database.ifPresent(known -> publisher.listener(known.publications()));
            return work.apply(trust.map(publisher::trust).orElse(publisher));
        } finally {
            database.ifPresent(PostgresDatabase::close);
        }
    }
}
