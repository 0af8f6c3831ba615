package dev.recsys.cli;

import dev.recsys.postgres.PostgresDatabase;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who publishes, and with which keys. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class AuthorOptions {
    @Option(names = "--by", paramLabel = "WHO", description = "Who does this; by default the user of this process.")
    private @Nullable String by;

    @Option(
            names = "--sign-with",
            paramLabel = "FILE",
            description = "Sign with the key in this file: an Ed25519 private key in PEM form. Repeatable.")
    private List<Path> signers = List.of();

    @Mixin
    private DatabaseOptions database;

    /** Takes the database, if one is named: it audits what is published, and lets nothing be shipped for a suspended tenant. */
    Optional<PostgresDatabase> database() {
        return database.isSaid() ? Optional.of(database.open()) : Optional.empty();
    }

    /** Returns the options that name the database. */
    DatabaseOptions databaseOptions() {
        return database;
    }

    /** Returns the keys to sign with. */
    SigningKey[] keys() throws IOException {
        SigningKey[] keys = new SigningKey[signers.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = SigningKey.read(signers.get(i));
        }
        return keys;
    }

    /** Starts a publisher over a store. */
    ManifestPublisher.Builder publisher(BlobStore opened) {
        String user = System.getProperty("user.name", "unknown");
        return ManifestPublisher.builder(opened, by == null ? user : by);
    }
}
