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

import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a failing disk means for the caller, and that it never leaves half an object. */
final class DiskFailureTest {
    @TempDir
    private Path root;

    private FaultyDisk disk;
    private FileBlobStore store;

    @BeforeEach
    void createStore() {
        disk = new FaultyDisk(new RealDisk());
        store = FileBlobStore.create(root, disk, System::nanoTime);
    }

    @Test
    void aFullDiskIsARefusalForWaitingDoesNotHelpAndLeavesNothing() throws IOException {
        disk.failNext(FaultyDisk.Step.WRITE, full());

        assertThatThrownBy(() -> put(store, BLOB, "b"))
                .isInstanceOf(StoreDeniedException.class)
                .hasMessageContaining(BLOB.path())
                .hasMessageContaining("full")
                .hasMessageContaining("free some space");

        assertThat(filesBelowRoot()).containsExactly(".recsys-store");
        assertThat(put(store, BLOB, "b")).isEqualTo(new CreateResult.Created());
    }

    @Test
    void aSwapOnAFullDiskIsNotSent() throws IOException {
        BlobVersion version = swapTo(store, 1);
        disk.failNext(FaultyDisk.Step.WRITE, full());

        SwapResult result = trySwap(store, version, "v2");

        assertThat(((SwapResult.NotSent) result).cause())
                .isInstanceOf(StoreDeniedException.class)
                .hasMessageContaining("full")
                .hasMessageContaining(REGISTER.path());
        assertThat(text(store, REGISTER)).isEqualTo("v1");
        assertThat(filesBelowRoot()).noneMatch(name -> name.contains("tmp"));
    }

    @Test
    void afterAFailedSyncTheFileIsAbandoned() throws IOException {
        disk.failNext(FaultyDisk.Step.SYNC_FILE, new IOException("Input/output error"));

        assertThatThrownBy(() -> put(store, BLOB, "b")).isInstanceOf(StoreUnavailableException.class);

        assertThat(filesBelowRoot()).containsExactly(".recsys-store");
    }

    @Test
    void aSwapWhoseFileCannotBeSyncedIsNotSent() {
        BlobVersion version = swapTo(store, 1);
        disk.failNext(FaultyDisk.Step.SYNC_FILE, new IOException("Input/output error"));

        assertThat(trySwap(store, version, "v2")).isInstanceOf(SwapResult.NotSent.class);

        assertThat(text(store, REGISTER)).isEqualTo("v1");
    }

    @Test
    void aCreateWhoseFolderCannotBeSyncedIsNotKnownToBeStored() {
        disk.failNext(FaultyDisk.Step.SYNC_FOLDER_AFTER_LINK, new IOException("Input/output error"));

        assertThatThrownBy(() -> put(store, BLOB, "b")).isInstanceOf(StoreUnavailableException.class);

        assertThat(put(store, BLOB, "b")).isEqualTo(new CreateResult.Exists(1));
    }

    @Test
    void aLinkWhoseReplyNfsLostIsOursByItsLinkCount() {
        BlobVersion version = swapTo(store, 1);
        disk.failNext(FaultyDisk.Step.LINK_AND_LOSE_REPLY, new FileAlreadyExistsException("slot"));

        BlobVersion applied = swap(store, version, "v2");

        swap(store, applied, "v3");
    }

    @Test
    void aTakenNameOfWhichItCannotBeToldWhoseItIsIsUnknown() {
        BlobVersion version = swapTo(store, 1);
        disk.failNext(FaultyDisk.Step.LINK_AND_LOSE_REPLY, new FileAlreadyExistsException("slot"));
        disk.failNext(FaultyDisk.Step.IS_LINKED, new AccessDeniedException("temporary"));

        assertThat(trySwap(store, version, "v2")).isInstanceOf(SwapResult.Unknown.class);

        assertThat(text(store, REGISTER)).isEqualTo("v2");
    }

    @Test
    void aLinkThatFailsForAnUnclearReasonIsUnknownWhetherOrNotItHappened() {
        BlobVersion version = swapTo(store, 1);

        disk.failNext(FaultyDisk.Step.LINK, new IOException("Input/output error"));
        assertThat(trySwap(store, version, "v2")).isInstanceOf(SwapResult.Unknown.class);
        disk.failNext(FaultyDisk.Step.LINK_AND_LOSE_REPLY, new IOException("Input/output error"));
        assertThat(trySwap(store, version, "v2")).isInstanceOf(SwapResult.Unknown.class);

        assertThat(text(store, REGISTER)).isEqualTo("v2");
    }

    @Test
    void aLinkForWhichThereIsNoSpaceIsNotSent() {
        BlobVersion version = swapTo(store, 1);
        disk.failNext(FaultyDisk.Step.LINK, full());

        assertThat(trySwap(store, version, "v2")).isInstanceOf(SwapResult.NotSent.class);
    }

    @Test
    void aReadOnlyStoreServesReadersAndRefusesWriters() {
        BlobVersion version = swapTo(store, 2);
        put(store, BLOB, "b");
        disk.becomeReadOnly();
        FileBlobStore reader = FileBlobStore.at(root, disk, System::nanoTime);

        assertThat(text(reader, REGISTER)).isEqualTo("v2");
        assertThat(text(reader, BLOB)).isEqualTo("b");
        assertThat(reader.list("", "", 10, TIMEOUT)).containsExactly(BLOB, REGISTER);
        assertThatThrownBy(() -> put(reader, BlobKey.of("x"), "b"))
                .isInstanceOf(StoreDeniedException.class)
                .hasMessageContaining("read-only");
        assertThatThrownBy(() -> reader.delete(BLOB, TIMEOUT)).isInstanceOf(StoreDeniedException.class);
        assertThat(trySwap(reader, version, "v3")).isInstanceOf(SwapResult.NotSent.class);
    }

    @Test
    void aCallThatRunsOutOfTimeHalfWayStoresNothing() {
        AtomicLong now = new AtomicLong();
        FileBlobStore slow = FileBlobStore.at(root, disk, () -> now.getAndAdd(1_000_000_000L));

        for (int seconds = 1; seconds < 4; seconds++) {
            Duration timeout = Duration.ofSeconds(seconds);
            assertThatThrownBy(() -> slow.create(BLOB, BlobSource.of(new byte[200_000]), timeout))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(BLOB.path());
            assertThat(slow.compareAndSet(REGISTER, BlobVersion.ABSENT, new byte[1], timeout))
                    .isInstanceOf(SwapResult.NotSent.class);
        }

        assertThat(tryRead(store, BLOB)).isInstanceOf(ReadResult.Absent.class);
        assertThat(tryRead(store, REGISTER)).isInstanceOf(ReadResult.Absent.class);
    }

    private static IOException full() {
        return new FileSystemException("/disk", null, "No space left on device");
    }

    private List<String> filesBelowRoot() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
