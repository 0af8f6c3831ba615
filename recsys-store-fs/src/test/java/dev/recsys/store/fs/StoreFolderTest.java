package dev.recsys.store.fs;

import static dev.recsys.store.fs.Stores.BLOB;
import static dev.recsys.store.fs.Stores.REGISTER;
import static dev.recsys.store.fs.Stores.TIMEOUT;
import static dev.recsys.store.fs.Stores.put;
import static dev.recsys.store.fs.Stores.swap;
import static dev.recsys.store.fs.Stores.text;
import static dev.recsys.store.fs.Stores.tryRead;
import static dev.recsys.store.fs.Stores.trySwap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.SwapResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder as a whole: its marker, and what happens when it is missing, moved or foreign. */
final class StoreFolderTest {
    @TempDir
    private Path parent;

    @Test
    void openingAStoreNeitherFailsNorMakesAnything() throws IOException {
        FileBlobStore.at(parent.resolve("nowhere")).close();

        assertThat(entriesOf(parent)).isEmpty();
    }

    @Test
    void aStoreThatIsNotThereIsUnavailableAndSaysWhatToDo() throws IOException {
        FileBlobStore store = FileBlobStore.at(parent.resolve("nowhere"));

        assertThatThrownBy(() -> tryRead(store, REGISTER))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(parent.resolve("nowhere").toString())
                .hasMessageContaining("Mount the disk")
                .hasMessageContaining("FileBlobStore.create");
        assertThat(trySwap(store, BlobVersion.ABSENT, "v1")).isInstanceOf(SwapResult.NotSent.class);
        assertThatThrownBy(() -> put(store, BLOB, "b")).isInstanceOf(StoreUnavailableException.class);
        assertThat(entriesOf(parent)).isEmpty();
    }

    @Test
    void anEmptyFolderWhereTheDiskWasMountedIsUnavailableAndStaysEmpty() throws IOException {
        FileBlobStore store = FileBlobStore.at(parent);

        assertThatThrownBy(() -> tryRead(store, REGISTER)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.stat(BLOB, TIMEOUT)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.list("", "", 1, TIMEOUT)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.delete(BLOB, TIMEOUT)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> put(store, BLOB, "b")).isInstanceOf(StoreUnavailableException.class);
        assertThat(trySwap(store, BlobVersion.ABSENT, "v1")).isInstanceOf(SwapResult.NotSent.class);
        assertThat(entriesOf(parent)).isEmpty();
    }

    @Test
    void aFolderThatIsMovedAwayIsUnavailableUntilItIsBack() throws IOException {
        Path root = parent.resolve("store");
        Path elsewhere = parent.resolve("elsewhere");
        FileBlobStore store = FileBlobStore.create(root);
        BlobVersion version = swap(store, BlobVersion.ABSENT, "v1");
        put(store, BLOB, "b");

        Files.move(root, elsewhere);
        assertThatThrownBy(() -> tryRead(store, REGISTER)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> tryRead(store, BLOB)).isInstanceOf(StoreUnavailableException.class);
        assertThat(trySwap(store, version, "v2")).isInstanceOf(SwapResult.NotSent.class);

        Files.move(elsewhere, root);
        assertThat(text(store, REGISTER)).isEqualTo("v1");
        assertThat(text(store, BLOB)).isEqualTo("b");
        swap(store, version, "v2");
    }

    @Test
    void aMarkerOfANewerFormatIsRefused() throws IOException {
        FileBlobStore store = FileBlobStore.create(parent.resolve("store"));
        Files.writeString(parent.resolve("store/.recsys-store"), "{\"format\":2,\"store_id\":\"x\"}");

        assertThatThrownBy(() -> tryRead(store, REGISTER))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("format 2")
                .hasMessageContaining("Upgrade");
        assertThatThrownBy(() -> put(store, BLOB, "b")).isInstanceOf(NewerFormatException.class);
    }

    @Test
    void aDamagedMarkerIsReported() throws IOException {
        FileBlobStore store = FileBlobStore.create(parent.resolve("store"));
        Files.writeString(parent.resolve("store/.recsys-store"), "");

        assertThatThrownBy(() -> tryRead(store, REGISTER)).isInstanceOf(DamagedException.class);
    }

    @Test
    void creatingAStoreAgainKeepsIt() throws IOException {
        Path root = parent.resolve("a/b/store");
        put(FileBlobStore.create(root), BLOB, "b");
        String marker = Files.readString(root.resolve(".recsys-store"));

        assertThat(text(FileBlobStore.create(root), BLOB)).isEqualTo("b");

        assertThat(Files.readString(root.resolve(".recsys-store"))).isEqualTo(marker);
    }

    @Test
    void severalMayCreateOneStoreAtOnce() throws Exception {
        int makers = 8;
        ExecutorService executor = Executors.newFixedThreadPool(makers);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> made = new ArrayList<>();
        for (int i = 0; i < makers; i++) {
            String name = "blob" + i;
            made.add(executor.submit(() -> {
                start.await();
                FileBlobStore store = FileBlobStore.create(parent.resolve("a/store"));
                return put(store, BlobKey.of("t", name), name);
            }));
        }
        start.countDown();
        for (Future<?> one : made) {
            one.get();
        }
        executor.shutdown();

        assertThat(FileBlobStore.at(parent.resolve("a/store")).list("", "", 100, TIMEOUT))
                .hasSize(makers);
        assertThat(entriesOf(parent.resolve("a/store"))).containsExactlyInAnyOrder(".recsys-store", "t");
    }

    @Test
    void aFolderWithOtherThingsInItIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(parent.resolve("holiday.jpg"), "x");

        assertThatThrownBy(() -> FileBlobStore.create(parent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(parent.toString())
                .hasMessageContaining("holiday.jpg");

        assertThat(entriesOf(parent)).containsExactly("holiday.jpg");
    }

    @Test
    void aFileWhereTheFolderShouldBeIsRefused() throws IOException {
        Files.writeString(parent.resolve("file"), "x");

        assertThatThrownBy(() -> FileBlobStore.create(parent.resolve("file/store")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("file");
    }

    @Test
    void theLocationIsAUri() {
        assertThat(FileBlobStore.at(Path.of("/var/recsys")).location()).isEqualTo("file:///var/recsys");
        assertThat(FileBlobStore.at(Path.of("/var/../var/recsys/")).location()).isEqualTo("file:///var/recsys");
    }

    @Test
    void nothingButTheMarkerIsLeftByCreate() throws IOException {
        FileBlobStore.create(parent);

        assertThat(entriesOf(parent)).containsExactly(".recsys-store");
        assertThat(Files.readString(parent.resolve(".recsys-store")))
                .contains("\"format\":1")
                .contains("store_id");
    }

    private static List<String> entriesOf(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
