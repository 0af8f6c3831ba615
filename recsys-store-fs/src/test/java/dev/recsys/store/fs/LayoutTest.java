package dev.recsys.store.fs;

import static dev.recsys.store.fs.Stores.BLOB;
import static dev.recsys.store.fs.Stores.REGISTER;
import static dev.recsys.store.fs.Stores.TIMEOUT;
import static dev.recsys.store.fs.Stores.put;
import static dev.recsys.store.fs.Stores.swap;
import static dev.recsys.store.fs.Stores.swapTo;
import static dev.recsys.store.fs.Stores.text;
import static dev.recsys.store.fs.Stores.tryRead;
import static dev.recsys.store.fs.Stores.trySwap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.DamagedException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where things are in the folder, and what the store makes of a folder that somebody else changed. */
final class LayoutTest {
    @TempDir
    private Path root;

    private FileBlobStore store;

    @BeforeEach
    void createStore() {
        store = FileBlobStore.create(root);
    }

    @Test
    void aBlobIsTheFileAtItsKey() throws IOException {
        put(store, BLOB, "hello");

        assertThat(Files.readString(root.resolve("acme/home/artifacts/a.bin"))).isEqualTo("hello");
        assertThat(entriesOf("acme/home/artifacts")).containsExactly("a.bin");
    }

    @Test
    void aRegisterIsAFolderOfNumberedValuesNoneOfWhichIsEverDeleted() throws IOException {
        swapTo(store, 3);

        assertThat(entriesOf("acme/home/current"))
                .containsExactly("00000000000000000001", "00000000000000000002", "00000000000000000003");
        assertThat(Files.readString(root.resolve("acme/home/current/00000000000000000002")))
                .isEqualTo("v2");
    }

    @ParameterizedTest(name = "slot {0} of 5")
    @ValueSource(longs = {1, 2, 3, 4})
    void aLostSlotIsDamageAndNeverAnOlderValueOrAnAbsentRegister(long lost) throws IOException {
        swapTo(store, 5);
        Files.delete(Layout.slot(root.resolve(REGISTER.path()), lost));

        assertThatThrownBy(() -> tryRead(FileBlobStore.at(root), REGISTER))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("slot " + lost);
    }

    @Test
    void aRegisterThatIsNoFolderIsDamage() throws IOException {
        Files.createDirectories(root.resolve("acme/home"));
        Files.writeString(root.resolve(REGISTER.path()), "by hand");

        assertThatThrownBy(() -> tryRead(store, REGISTER)).isInstanceOf(DamagedException.class);
    }

    @Test
    void aNewHandleFindsTheNewestOfManyValues(@TempDir Path parent) {
        for (int n : new int[] {1, 2, 3, 7, 8, 100}) {
            Path other = parent.resolve("store-" + n);
            BlobVersion version = swapTo(FileBlobStore.create(other), n);

            FileBlobStore fresh = FileBlobStore.at(other);

            assertThat(text(fresh, REGISTER)).isEqualTo("v" + n);
            swap(fresh, version, "next");
        }
    }

    @Test
    void whatKilledWritersLeftBehindIsIgnored() throws IOException {
        swapTo(store, 2);
        put(store, BLOB, "hello");
        Files.writeString(root.resolve("acme/home/current/.tmp-1"), "half");
        Files.writeString(root.resolve("acme/home/artifacts/.tmp-2"), "half");
        Files.createDirectories(root.resolve("acme/other/current"));
        Files.writeString(root.resolve("acme/other/current/.tmp-3"), "half");

        assertThat(text(store, REGISTER)).isEqualTo("v2");
        assertThat(store.list("", "", 10, TIMEOUT)).containsExactly(BLOB, REGISTER);
        assertThat(tryRead(store, BlobKey.of("acme", "other", "current"))).isInstanceOf(ReadResult.Absent.class);
        assertThat(store.compareAndSet(
                        BlobKey.of("acme", "other", "current"), BlobVersion.ABSENT, new byte[1], TIMEOUT))
                .isInstanceOf(SwapResult.Applied.class);
    }

    @Test
    void namesThatAreNoKeysAreNotListed() throws IOException {
        put(store, BLOB, "hello");
        Files.writeString(root.resolve("README.txt"), "x");
        Files.writeString(root.resolve("acme/.DS_Store"), "x");
        Files.createDirectories(root.resolve("lost+found/x"));
        Files.createDirectories(root.resolve("empty/folder"));
        Files.writeString(root.resolve("acme/current"), "not a register");

        assertThat(store.list("", "", 10, TIMEOUT)).containsExactly(BLOB);
    }

    @Test
    void aListingNeverLeavesTheRoot() {
        put(store, BLOB, "hello");

        for (String prefix :
                List.of("../", "/", "/etc/", "acme/../../", "acme//", ".", "./acme/", "acme/home/current/")) {
            assertThat(store.list(prefix, "", 10, TIMEOUT)).as(prefix).isEmpty();
        }
    }

    @Test
    void afterARestoreFromABackupTheHandleReadsWhatIsThere() throws IOException {
        swapTo(store, 5);
        Files.delete(root.resolve("acme/home/current/00000000000000000005"));
        Files.delete(root.resolve("acme/home/current/00000000000000000004"));

        assertThat(text(store, REGISTER)).isEqualTo("v3");
    }

    @Test
    void aVersionFromBeforeARestoreIsNotMistakenForAnotherValueOfTheSameNumber() throws IOException {
        BlobVersion lost = swapTo(store, 2);
        Files.delete(root.resolve("acme/home/current/00000000000000000002"));
        FileBlobStore other = FileBlobStore.at(root);
        swap(other, ((ReadResult.Found) tryRead(other, REGISTER)).blob().version(), "another");

        assertThat(trySwap(store, lost, "v3")).isInstanceOf(SwapResult.Mismatch.class);

        assertThat(store.read(REGISTER, lost, 100, TIMEOUT)).isInstanceOf(ReadResult.Found.class);
        assertThat(text(store, REGISTER)).isEqualTo("another");
    }

    @Test
    void aSwapOnAFolderThatWasTakenAwayIsNotSentOnceAndThenMakesItAnew() throws IOException {
        swapTo(store, 1);
        Files.delete(root.resolve("acme/home/current/00000000000000000001"));
        Files.delete(root.resolve("acme/home/current"));

        assertThat(trySwap(store, BlobVersion.ABSENT, "v1")).isInstanceOf(SwapResult.NotSent.class);

        swap(store, BlobVersion.ABSENT, "v1");
    }

    @Test
    void noKeyGoesBelowABlobAndNoBlobTakesAFoldersName() {
        put(store, BlobKey.of("a", "b"), "x");

        assertThatThrownBy(() -> put(store, BlobKey.of("a", "b", "c"), "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a/b");
        assertThatThrownBy(() -> put(store, BlobKey.of("a"), "x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(tryRead(store, BlobKey.of("a", "b", "c"))).isInstanceOf(ReadResult.Absent.class);
        assertThat(tryRead(store, BlobKey.of("a"))).isInstanceOf(ReadResult.Absent.class);
        store.delete(BlobKey.of("a"), TIMEOUT);
        assertThat(text(store, BlobKey.of("a", "b"))).isEqualTo("x");
    }

    private List<String> entriesOf(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(root.resolve(folder))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
