package dev.recsys.store.gcs;

import static dev.recsys.store.gcs.Calling.BLOB;
import static dev.recsys.store.gcs.Calling.TIMEOUT;
import static dev.recsys.store.gcs.Calling.isAbsent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStore;
import dev.recsys.store.CreateResult;
import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;
import dev.recsys.testserver.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blobs too large for one request: whole or not there at all. */
@Timeout(120)
class ChunkedUploadTest {
    private static final byte[] LARGE = Calling.random(2 * Creating.CHUNK_BYTES + 12_345);
    private GcsHarness harness;
    private BlobStore store;

    @BeforeEach
    void start() throws IOException {
        harness = GcsHarness.start();
        store = harness.open();
    }

    private static boolean isChunk(WireRequest request) {
        return request.method().equals("PUT");
    }

    private static boolean isLastChunk(WireRequest request) {
        return request.header("Content-Range")
                .filter(range -> range.endsWith("/" + LARGE.length))
                .isPresent();
    }

    @AfterEach
    void stop() {
        store.close();
        harness.close();
    }

    @Test
    void aLargeBlobGoesInBoundedChunksAndComesBackByteForByte() {
        assertThat(Calling.create(store, LARGE)).isEqualTo(new CreateResult.Created());

        assertThat(harness.proxy().count(ChunkedUploadTest::isChunk)).isEqualTo(3);
        assertThat(Calling.copy(store, BLOB)).isEqualTo(LARGE);
        assertThat(store.stat(BLOB, TIMEOUT))
                .hasValueSatisfying(stat -> assertThat(stat.sizeBytes()).isEqualTo(LARGE.length));
    }

    @Test
    void aLargeBlobTouchesNothingThatIsThere() {
        Calling.create(store, new byte[] {1});

        assertThat(Calling.create(store, LARGE)).isEqualTo(new CreateResult.Exists(1));

        assertThat(Calling.bytesOf(store, BLOB)).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP", "RESET", "STATUS_429", "STATUS_500", "STATUS_503"})
    void aChunkThatFailsIsSentAgain(WireFault fault) {
        for (Timing timing : new Timing[] {Timing.BEFORE, Timing.AFTER}) {
            for (Predicate<WireRequest> which : List.<Predicate<WireRequest>>of(
                    GcsHarness.SWAP, ChunkedUploadTest::isChunk, ChunkedUploadTest::isLastChunk)) {
                harness.proxy().next(which, timing, fault);

                assertThat(Calling.create(store, LARGE)).isEqualTo(new CreateResult.Created());

                assertThat(Calling.copy(store, BLOB)).isEqualTo(LARGE);
                store.delete(BLOB, TIMEOUT);
            }
        }
    }

    @Test
    void anUploadThatFailsForGoodLeavesNoObject() {
        harness.proxy().always(ChunkedUploadTest::isChunk, Timing.BEFORE, WireFault.STATUS_403);

        assertThatThrownBy(() -> Calling.create(store, LARGE)).isInstanceOf(RuntimeException.class);

        leavesNothing();
    }

    @Test
    void anUploadThatStallsLeavesNoObject() {
        harness.proxy().next(ChunkedUploadTest::isLastChunk, Timing.BEFORE, WireFault.STALL);

        assertThatThrownBy(() -> store.create(BLOB, BlobSource.of(LARGE), Duration.ofSeconds(3)))
                .isInstanceOf(StoreUnavailableException.class);

        leavesNothing();
    }

    @Test
    void aSourceThatBreaksInTheSecondPassLeavesNoObject() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk broke");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        InputStream breaking =
                new SequenceInputStream(new ByteArrayInputStream(LARGE, 0, Creating.CHUNK_BYTES + 100), broken);
        BlobSource source = source(LARGE.length, new ByteArrayInputStream(LARGE), breaking);

        assertThatThrownBy(() -> store.create(BLOB, source, TIMEOUT))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(BLOB.path())
                .hasMessageContaining("the disk broke");

        leavesNothing();
    }

    @Test
    void aSourceOfAnotherLengthIsRefusedBeforeAnythingIsSent() {
        BlobSource source = source(LARGE.length + 1, new ByteArrayInputStream(LARGE), InputStream.nullInputStream());

        assertThatThrownBy(() -> store.create(BLOB, source, TIMEOUT)).isInstanceOf(UncheckedIOException.class);

        assertThat(harness.proxy().requests()).isEmpty();
    }

    @Test
    void aSourceThatChangedBetweenTheTwoPassesLeavesNoObject() {
        BlobSource source =
                source(LARGE.length, new ByteArrayInputStream(LARGE), new ByteArrayInputStream(new byte[LARGE.length]));

        assertThatThrownBy(() -> store.create(BLOB, source, TIMEOUT)).isInstanceOf(StoreUnavailableException.class);

        leavesNothing();
    }

    @Test
    void aSourceThatIsShorterInTheSecondPassLeavesNoObject() {
        BlobSource source = source(
                LARGE.length,
                new ByteArrayInputStream(LARGE),
                new ByteArrayInputStream(LARGE, 0, Creating.CHUNK_BYTES + 1));

        assertThatThrownBy(() -> store.create(BLOB, source, TIMEOUT)).isInstanceOf(RuntimeException.class);

        leavesNothing();
    }

    @Test
    void anInterruptHalfWayLeavesNoObjectAndKeepsTheFlag() {
        InputStream interrupting = new ByteArrayInputStream(LARGE) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                if (pos >= Creating.CHUNK_BYTES) {
                    Thread.currentThread().interrupt();
                }
                return super.read(into, offset, length);
            }
        };
        BlobSource source = source(LARGE.length, new ByteArrayInputStream(LARGE), interrupting);

        assertThatThrownBy(() -> store.create(BLOB, source, TIMEOUT)).isInstanceOf(StoreUnavailableException.class);

        assertThat(Thread.interrupted()).as("the interrupt flag is kept").isTrue();
        leavesNothing();
    }

    @Test
    void noMessageTellsTheIdOfAnUpload() {
        harness.proxy().always(ChunkedUploadTest::isChunk, Timing.BEFORE, WireFault.STATUS_403);

        assertThatThrownBy(() -> Calling.create(store, LARGE)).satisfies(thrown -> {
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain("upload_id=");
            }
        });
        assertThat(harness.proxy().count(ChunkedUploadTest::isChunk)).isPositive();
    }

    private void leavesNothing() {
        harness.proxy().heal();
        assertThat(isAbsent(store, BLOB)).isTrue();
        assertThat(store.list("", "", 10, TIMEOUT)).isEmpty();
    }

    private static BlobSource source(long sizeBytes, InputStream first, InputStream second) {
        InputStream[] passes = {first, second};
        return new BlobSource() {
            private int opened;

            @Override
            public long sizeBytes() {
                return sizeBytes;
            }

            @Override
            public InputStream open() {
                return passes[Math.min(opened++, 1)];
            }
        };
    }
}
