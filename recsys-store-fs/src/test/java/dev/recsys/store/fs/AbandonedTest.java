package dev.recsys.store.fs;

import static dev.recsys.store.fs.Stores.BLOB;
import static dev.recsys.store.fs.Stores.REGISTER;
import static dev.recsys.store.fs.Stores.put;
import static dev.recsys.store.fs.Stores.swap;
import static dev.recsys.store.fs.Stores.swapTo;
import static dev.recsys.store.fs.Stores.text;
import static dev.recsys.store.fs.Stores.tryRead;
import static dev.recsys.store.fs.Stores.trySwap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the temporary files of killed writers. */
final class AbandonedTest {
    @TempDir
    private Path root;

    private FaultyDisk disk;
    private FileBlobStore store;
    private BlobVersion version;

    @BeforeEach
    void createStore() {
        disk = new FaultyDisk(new RealDisk());
        version = swapTo(FileBlobStore.create(root), 1);
        store = FileBlobStore.at(root, disk, System::nanoTime);
    }

    @Test
    void aWriterRemovesWhatIsOlderThanADayBesideItsOwnAndNothingElse() throws IOException {
        Path old = leave("acme/home/current/.tmp-old", Duration.ofHours(25));
        Path young = leave("acme/home/current/.tmp-young", Duration.ofHours(23));
        Path elsewhere = leave("acme/home/artifacts/.tmp-old", Duration.ofHours(25));
        Path noTemporary = leave("acme/home/current/notes.txt", Duration.ofDays(400));

        swap(store, version, "v2");

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(elsewhere).exists();
        assertThat(noTemporary).exists();
        assertThat(text(store, REGISTER)).isEqualTo("v2");
    }

    @Test
    void aBlobsFolderIsCleanedByTheNextBlob() throws IOException {
        Path old = leave("acme/home/artifacts/.tmp-old", Duration.ofHours(25));

        put(store, BLOB, "b");

        assertThat(old).doesNotExist();
        assertThat(text(store, BLOB)).isEqualTo("b");
    }

    @Test
    void oneHandleDoesNotLookTwiceWithinAnHour() throws IOException {
        swap(store, version, "v2");
        Path old = leave("acme/home/current/.tmp-old", Duration.ofHours(25));

        swap(store, ((ReadResult.Found) tryRead(store, REGISTER)).blob().version(), "v3");

        assertThat(old).exists();
    }

    @Test
    void whatAKilledProbeLeftGoesWithTheNextProbe() throws IOException {
        leave(".tmp-probe/file", Duration.ofHours(25));
        Path probe = aged(root.resolve(".tmp-probe"), Duration.ofHours(25));

        swap(store, version, "v2");

        assertThat(probe).doesNotExist();
    }

    @Test
    void aSwapWhoseTemporaryFileVanishedHasNoEffect() {
        swap(store, version, "v2");
        BlobVersion second =
                ((ReadResult.Found) tryRead(store, REGISTER)).blob().version();
        disk.vanishBeforeNextLink();

        assertThat(trySwap(store, second, "v3")).isNotInstanceOf(SwapResult.Applied.class);

        assertThat(text(store, REGISTER)).isEqualTo("v2");
        swap(store, second, "v3 again");
    }

    @Test
    void aBlobWhoseTemporaryFileVanishedIsNotThereAndCanBePutAgain() {
        put(store, BlobKey.of("a", "b"), "the probe is behind us");
        disk.vanishBeforeNextLink();

        assertThatThrownBy(() -> put(store, BLOB, "b")).isInstanceOf(StoreUnavailableException.class);

        assertThat(tryRead(store, BLOB)).isInstanceOf(ReadResult.Absent.class);
        put(store, BLOB, "b");
        assertThat(text(store, BLOB)).isEqualTo("b");
    }

    @Test
    void aDiskThatCannotTellAgesStoresAllTheSame() throws IOException {
        Path old = leave("a/.tmp-old", Duration.ofHours(25));
        Disk ageless = new FaultyDisk(new RealDisk()) {
            @Override
            public Instant modifiedAt(Path path) throws IOException {
                throw new IOException("not supported");
            }
        };

        put(FileBlobStore.at(root, ageless, System::nanoTime), BlobKey.of("a", "b"), "b");

        assertThat(old).exists();
    }

    private Path leave(String path, Duration age) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "half");
        return aged(file, age);
    }

    private static Path aged(Path path, Duration age) throws IOException {
        return Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
    }
}
