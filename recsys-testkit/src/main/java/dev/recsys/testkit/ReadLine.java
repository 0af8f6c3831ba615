package dev.recsys.testkit;

import static dev.recsys.testkit.PlainCalls.ANY_SIZE;
import static dev.recsys.testkit.PlainCalls.TIMEOUT;
import static dev.recsys.testkit.PlainCalls.bytesOf;
import static dev.recsys.testkit.PlainCalls.copy;
import static dev.recsys.testkit.PlainCalls.createBlob;
import static dev.recsys.testkit.PlainCalls.read;
import static dev.recsys.testkit.PlainCalls.swap;
import static dev.recsys.testkit.Samples.BLOB;
import static dev.recsys.testkit.Samples.REGISTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.DamagedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Line 9. Reads keep to a byte limit and a deadline, honour "unless the version is V", and detect short bodies. */
@ContractLine(9)
interface ReadLine extends ContractFixture {
    @Test
    default void contentAsLongAsTheLimitIsReadAndOneByteMoreIsRefused() {
        createBlob(store(), BLOB, new byte[100]);
        swap(store(), REGISTER, BlobVersion.ABSENT, new byte[100]);
        for (BlobKey key : new BlobKey[] {BLOB, REGISTER}) {
            assertThat(store().read(key, BlobVersion.ABSENT, 100, TIMEOUT)).isInstanceOf(ReadResult.Found.class);
            assertThatThrownBy(() -> store().read(key, BlobVersion.ABSENT, 99, TIMEOUT))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining(key.path())
                    .hasMessageContaining("99");
        }
    }

    @Test
    default void aCopyKeepsToItsLimit() {
        createBlob(store(), BLOB, new byte[100]);

        assertThat(store().copyTo(BLOB, OutputStream.nullOutputStream(), 100, TIMEOUT))
                .isTrue();
        assertThatThrownBy(() -> store().copyTo(BLOB, OutputStream.nullOutputStream(), 99, TIMEOUT))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(BLOB.path());
    }

    @Test
    default void aReadUnlessTheCurrentVersionIsNotModified() {
        BlobVersion version = swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});

        assertThat(anotherEndpoint().read(REGISTER, version, ANY_SIZE, TIMEOUT))
                .isEqualTo(new ReadResult.NotModified());
    }

    @Test
    default void aReadUnlessAnOlderVersionFindsTheNewerOne() {
        BlobVersion old = swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});
        BlobVersion newer = swap(store(), REGISTER, old, new byte[] {2});

        ReadResult result = anotherEndpoint().read(REGISTER, old, ANY_SIZE, TIMEOUT);

        assertThat(result).isInstanceOf(ReadResult.Found.class);
        assertThat(((ReadResult.Found) result).blob().version()).isEqualTo(newer);
    }

    @Test
    default void blobsHaveVersionsToo() {
        createBlob(store(), BLOB, new byte[] {1});
        Blob blob = read(store(), BLOB);

        assertThat(anotherEndpoint().read(BLOB, blob.version(), ANY_SIZE, TIMEOUT))
                .isEqualTo(new ReadResult.NotModified());
        assertThat(store().read(BLOB, new BlobVersion("another"), ANY_SIZE, TIMEOUT))
                .isInstanceOf(ReadResult.Found.class);
    }

    @Test
    default void aReadOfNothingIsAbsentWhateverVersionIsNamed() {
        assertThat(store().read(REGISTER, BlobVersion.ABSENT, 10, TIMEOUT)).isEqualTo(new ReadResult.Absent());
        assertThat(store().read(REGISTER, new BlobVersion("some"), 10, TIMEOUT)).isEqualTo(new ReadResult.Absent());
        assertThat(store().read(BLOB, new BlobVersion("some"), 10, TIMEOUT)).isEqualTo(new ReadResult.Absent());
    }

    @Test
    default void aStatGivesTheLengthAndNoWrongDigest() {
        byte[] bytes = Samples.bytes(1_234, 5);
        createBlob(store(), BLOB, bytes);

        assertThat(store().stat(BLOB, TIMEOUT)).hasValueSatisfying(stat -> {
            assertThat(stat.sizeBytes()).isEqualTo(1_234);
            stat.sha256().ifPresent(digest -> assertThat(digest).isEqualTo(Sha256.of(bytes)));
        });
    }

    @Test
    default void aRegisterIsNeitherCopiedNorLookedUpAsABlob() {
        swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});

        assertThatThrownBy(() -> copy(store(), REGISTER)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().stat(REGISTER, TIMEOUT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void aReadWithoutTimeIsUnavailable() {
        createBlob(store(), BLOB, new byte[] {1});

        assertThatThrownBy(() -> store().read(BLOB, BlobVersion.ABSENT, 10, Duration.ZERO))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store().copyTo(BLOB, OutputStream.nullOutputStream(), 10, Duration.ZERO))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store().stat(BLOB, Duration.ZERO)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store().list("", "", 1, Duration.ZERO)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    default void aBodyThatEndsEarlyIsDetectedByARead() {
        createBlob(store(), BLOB, Samples.bytes(50_000, 1));
        harness().shortenNextRead();

        assertThatThrownBy(() -> bytesOf(store(), BLOB))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(BLOB.path());
    }

    @Test
    default void aBodyThatEndsEarlyIsDetectedByACopy() {
        createBlob(store(), BLOB, Samples.bytes(50_000, 1));
        harness().shortenNextRead();

        assertThatThrownBy(() -> copy(store(), BLOB))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(BLOB.path());
    }

    @Test
    default void aStreamThatFailsIsTheCallersFailure() {
        createBlob(store(), BLOB, new byte[] {1});
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("full");
            }
        };

        assertThatThrownBy(() -> store().copyTo(BLOB, failing, 10, TIMEOUT)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    default void theReceivingStreamIsNotClosed() {
        boolean[] closed = {false};
        createBlob(store(), BLOB, new byte[] {1});

        store().copyTo(
                        BLOB,
                        new ByteArrayOutputStream() {
                            @Override
                            public void close() {
                                closed[0] = true;
                            }
                        },
                        10,
                        TIMEOUT);

        assertThat(closed[0]).isFalse();
    }

    @Test
    default void aCopyOfNothingSaysSoAndWritesNothing() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(store().copyTo(BLOB, out, 10, TIMEOUT)).isFalse();

        assertThat(out.size()).isZero();
    }
}
