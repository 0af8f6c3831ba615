package dev.recsys.publish;

import dev.recsys.DamagedException;
import dev.recsys.Scope;
import dev.recsys.StoreUnavailableException;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.internal.Ambient;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts a build's artifacts where the manifest will name them, and makes sure that they arrived. */
final class Uploader {
    private static final int MAX_TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final BlobStore store;
    private final ArtifactLoader loader;
    private final Ambient ambient;
    private final Duration timeout;

    Uploader(BlobStore store, ArtifactLoader loader, Ambient ambient, Duration timeout) {
        this.store = store;
        this.loader = loader;
        this.ambient = ambient;
        this.timeout = timeout;
    }

    /** Uploads under keys that nobody ever had or will have, for they contain the operation's identity. */
    SortedMap<ArtifactType, ArtifactRef> upload(Build build, String tx) {
        SortedMap<ArtifactType, ArtifactRef> refs = new TreeMap<>();
        for (BuiltArtifact artifact : build.artifacts().values()) {
            BlobKey key = ScopeKeys.artifact(build.scope(), artifact.type(), artifact.sha256(), tx);
            create(key, artifact);
            refs.put(
                    artifact.type(),
                    new ArtifactRef(
                            key,
                            artifact.sha256(),
                            artifact.sizeBytes(),
                            artifact.format(),
                            artifact.rows(),
                            artifact.window(),
                            artifact.watermark(),
                            artifact.counts()));
        }
        return refs;
    }

    /** Makes sure that what a manifest names is in the store, whole. */
    void requireWhole(Scope scope, Manifest manifest) {
        manifest.artifacts().forEach((type, ref) -> {
            Optional<BlobStat> stat = store.stat(ref.key(), timeout);
            boolean verifiedByStore = stat.filter(found -> found.sizeBytes() == ref.sizeBytes())
                    .flatMap(BlobStat::sha256)
                    .filter(ref.sha256()::equals)
                    .isPresent();
            if (!verifiedByStore) {
                loader.load(scope, manifest, type);
            }
        });
    }

    /** Makes sure that readers can load what a manifest names: reads all of it back, with their own loader. */
    void requireReadable(Scope scope, Manifest manifest) {
        manifest.artifacts().keySet().forEach(type -> loader.load(scope, manifest, type));
    }

    /** Returns whether what a manifest names is in the store, whole. */
    boolean isWhole(Scope scope, Manifest manifest) {
        try {
            requireWhole(scope, manifest);
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }

    private void create(BlobKey key, BuiltArtifact artifact) {
        for (int tries = 1; ; tries++) {
            try {
                store.create(key, BlobSource.of(artifact.file()), timeout);
                return;
            } catch (StoreUnavailableException e) {
                if (tries == MAX_TRIES || !pause(tries)) {
                    throw e;
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read artifact " + artifact.file(), e);
            }
        }
    }

    private boolean pause(int tries) {
        try {
            ambient.sleeper().sleep(ambient.backOff(tries, FIRST_PAUSE, LONGEST_PAUSE));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
