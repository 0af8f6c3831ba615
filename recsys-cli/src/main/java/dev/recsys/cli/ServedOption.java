package dev.recsys.cli;

import dev.recsys.pipelines.tables.TableStore;
import dev.recsys.postgres.PostgresDatabase;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where what is served comes from: a store, or the tables of a database. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class ServedOption {
    @Option(
            names = "--store",
            paramLabel = "URI",
            description = "The store: a path, file:///path, s3://bucket/prefix?region=R or gs://bucket/prefix.")
    private @Nullable String store;

    @Option(
            names = "--tables",
            description = "In place of --store: answer from the tables of the database, as tables fill filled them.")
    private boolean tables;

    @Mixin
    private TrustOption trusted;

    /**
     * A store, and how it is closed.
     *
     * @param store what is served
     * @param closing closes it
     */
    record Opened(BlobStore store, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    boolean isTables() {
        return tables;
    }

    /**
     * Returns whom a reader trusts.
     *
     * @throws IllegalArgumentException if not one of both is named, or tables are to be signed
     */
    TrustList trust() throws IOException {
        if (tables == (store != null)) {
            throw new IllegalArgumentException(
                    tables
                            ? "--store and --tables exclude each other; name one"
                            : "--store is missing; name a store, or give --tables to answer from a database");
        }
        Optional<TrustList> stated = trusted.stated();
        if (tables && stated.isPresent()) {
            throw new IllegalArgumentException("--trust is of --store: nothing in tables is signed; leave it out");
        }
        return stated.orElse(TrustList.ANYONE);
    }

    /** Opens what is named; releases of tables are computed into the folder for temporary files. */
    Opened open(Supplier<PostgresDatabase> database) throws IOException {
        if (!tables) {
            BlobStore opened = address().open();
            return new Opened(opened, opened::close);
        }
        PostgresDatabase opened = database.get();
        TableStore computed = TableStore.over(opened.signalTables("reader", "nothing is written"), temporary());
        return new Opened(computed, () -> {
            computed.close();
            opened.close();
        });
    }

    /** Returns where temporary folders go. */
    static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir", "."));
    }

    /** Makes sure that a folder for something else is not in the store. */
    void requireOutside(String option, Path folder) throws IOException {
        if (store != null) {
            address().requireOutside(option, folder);
        }
    }

    private StoreAddress address() {
        return new StoreAddress("--store", String.valueOf(store));
    }
}
