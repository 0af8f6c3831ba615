package dev.recsys.internal.artifact;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.TableCounts;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.publish.Build;
import dev.recsys.publish.Builds;
import dev.recsys.publish.BuiltArtifact;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactLoaderTest {
    private static final Duration ENOUGH = Duration.ofSeconds(10);
    private static final ArtifactType TYPE = ArtifactType.POPULARITY;

    private final FaultyBlobStore store = FaultyBlobStore.over(MemoryBlobStore.open());
    private final ArtifactLoader loader = new ArtifactLoader(store, ENOUGH);

    @TempDir
    private Path directory;

    private BuiltArtifact built;

    @BeforeEach
    void store() throws IOException {
        Build build = new Builds(directory).both(10, 1);
        built = Optional.ofNullable(build.artifacts().get(TYPE)).orElseThrow();
        store.create(key(), BlobSource.of(built.file()), ENOUGH);
    }

    private BlobKey key() {
        return ScopeKeys.artifact(SCOPE, TYPE, built.sha256(), "tx");
    }

    private ArtifactRef ref(int format, long rows) {
        return new ArtifactRef(
                key(), built.sha256(), built.sizeBytes(), format, rows, built.window(), built.watermark());
    }

    private static Manifest manifest(ArtifactRef ref, String group) {
        TreeMap<ArtifactType, ArtifactRef> artifacts = new TreeMap<>();
        artifacts.put(TYPE, ref);
        return new Manifest(Builds.day(1), artifacts, group, new TreeMap<>());
    }

    @Test
    void aSoundArtifactIsLoaded() {
        assertThat(loader.load(SCOPE, manifest(ref(1, 10), "default"), TYPE).itemCount())
                .isEqualTo(10);
    }

    @Test
    void anArtifactWithOtherCountsThanTheManifestSaysIsRefused() {
        TableCounts told = built.counts().orElseThrow();
        TableCounts other = new TableCounts(told.items(), told.labels(), told.nameBytes(), told.entries() - 1);

        assertThat(loader.load(SCOPE, manifest(counted(told), "default"), TYPE).counts())
                .isEqualTo(told);
        assertThatThrownBy(() -> loader.load(SCOPE, manifest(counted(other), "default"), TYPE))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("entries=" + told.entries())
                .hasMessageContaining("the manifest expects")
                .hasMessageContaining("entries=" + other.entries());
    }

    private ArtifactRef counted(TableCounts counts) {
        return new ArtifactRef(
                key(),
                built.sha256(),
                built.sizeBytes(),
                1,
                built.rows(),
                built.window(),
                built.watermark(),
                Optional.of(counts));
    }

    @Test
    void anArtifactOfAnotherScopeIsRefusedThoughItsDigestIsRight() {
        assertThatThrownBy(() -> loader.load(new Scope("other", "home"), manifest(ref(1, 10), "default"), TYPE))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("acme/home")
                .hasMessageContaining("other/home");
    }

    @Test
    void anArtifactOfAnotherIdSpaceIsRefused() {
        assertThatThrownBy(() -> loader.load(SCOPE, manifest(ref(1, 10), "sku"), TYPE))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("sku");
    }

    @Test
    void anArtifactThatCoversOtherThanTheManifestSaysIsRefused() {
        assertThatThrownBy(() -> loader.load(SCOPE, manifest(ref(1, 11), "default"), TYPE))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("10 items")
                .hasMessageContaining("11");
    }

    @Test
    void anArtifactOfANewerFormatIsNotEvenFetched() {
        assertThatThrownBy(() -> loader.load(SCOPE, manifest(ref(2, 10), "default"), TYPE))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("Upgrade");
        assertThat(store.count(StoreCall.COPY)).isZero();
    }

    @Test
    void aShortOrAlteredOrMissingArtifactIsRefused() {
        for (Fault fault : new Fault[] {Fault.TRUNCATED, Fault.BIT_FLIPPED}) {
            store.next(StoreCall.COPY, fault);
            assertThatThrownBy(() -> loader.load(SCOPE, manifest(ref(1, 10), "default"), TYPE))
                    .as("%s", fault)
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("was altered");
        }
        store.delete(key(), ENOUGH);
        assertThatThrownBy(() -> loader.load(SCOPE, manifest(ref(1, 10), "default"), TYPE))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("missing");
    }
}
