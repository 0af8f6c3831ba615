package dev.recsys.testkit;

import static dev.recsys.testkit.PlainCalls.ANY_SIZE;
import static dev.recsys.testkit.PlainCalls.TIMEOUT;
import static dev.recsys.testkit.PlainCalls.bytesOf;
import static dev.recsys.testkit.PlainCalls.createBlob;
import static dev.recsys.testkit.PlainCalls.isAbsent;
import static dev.recsys.testkit.PlainCalls.list;
import static dev.recsys.testkit.PlainCalls.swap;
import static dev.recsys.testkit.PlainCalls.tryRead;
import static dev.recsys.testkit.PlainCalls.trySwap;
import static dev.recsys.testkit.Samples.BLOB;
import static dev.recsys.testkit.Samples.REGISTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.SwapResult;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Line 12. Thread-safe; an interrupt leaves no partial object and keeps the thread's flag; close is idempotent and final. */
@ContractLine(12)
interface LifecycleLine extends ContractFixture {
    @Test
    default void threadsShareOneHandle() throws Exception {
        int racers = 8;
        int blobs = 10;
        try (Race race = Race.of(racers)) {
            race.run(racer -> {
                for (int i = 0; i < blobs; i++) {
                    BlobKey key = BlobKey.of("t", "r" + racer, "b" + i);
                    byte[] bytes = Samples.bytes(10_000, racer * 31L + i);
                    createBlob(store(), key, bytes);
                    assertThat(bytesOf(store(), key)).isEqualTo(bytes);
                }
                return racer;
            });
        }
        assertThat(list(store(), "t/")).hasSize(racers * blobs);
    }

    @Test
    default void aCreateOnAnInterruptedThreadLeavesAllOrNothingAndKeepsTheFlag() {
        createInterrupted(BlobSource.of(Samples.bytes(200_000, 3)), true);
    }

    @Test
    default void aCreateInterruptedHalfWayLeavesAllOrNothingAndKeepsTheFlag() {
        byte[] bytes = Samples.bytes(200_000, 3);
        createInterrupted(
                new BlobSource() {
                    @Override
                    public long sizeBytes() {
                        return bytes.length;
                    }

                    @Override
                    public InputStream open() {
                        return new ByteArrayInputStream(bytes) {
                            @Override
                            public synchronized int read(byte[] into, int offset, int length) {
                                if (pos > 100_000) {
                                    Thread.currentThread().interrupt();
                                }
                                return super.read(into, offset, Math.min(length, 10_000));
                            }
                        };
                    }
                },
                false);
    }

    private void createInterrupted(BlobSource source, boolean atOnce) {
        boolean created = false;
        if (atOnce) {
            Thread.currentThread().interrupt();
        }
        try {
            created = store().create(BLOB, source, TIMEOUT) instanceof CreateResult.Created;
        } catch (StoreUnavailableException e) {
            assertThat(e).hasMessageContaining(BLOB.path());
        }
        assertThat(Thread.interrupted()).as("the interrupt flag is kept").isTrue();
        boolean absent = isAbsent(anotherEndpoint(), BLOB);
        assertThat(created && absent).as("created, but absent").isFalse();
        assertThat(absent || bytesOf(store(), BLOB).length == 200_000)
                .as("all or nothing")
                .isTrue();
        createBlob(store(), Samples.blob(2), new byte[] {1});
    }

    @Test
    default void aSwapOnAnInterruptedThreadSaysWhatItKnowsAndKeepsTheFlag() {
        BlobVersion version = swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});

        Thread.currentThread().interrupt();
        SwapResult result = trySwap(store(), REGISTER, version, new byte[] {2});

        assertThat(Thread.interrupted()).as("the interrupt flag is kept").isTrue();
        assertThat(result).isNotInstanceOf(SwapResult.Mismatch.class);
        byte found = bytesOf(anotherEndpoint(), REGISTER)[0];
        if (result instanceof SwapResult.Applied) {
            assertThat(found).isEqualTo((byte) 2);
        } else if (result instanceof SwapResult.NotSent) {
            assertThat(found).isEqualTo((byte) 1);
        }
    }

    @Test
    default void aReadOnAnInterruptedThreadIsWholeOrUnavailableAndKeepsTheFlag() {
        createBlob(store(), BLOB, Samples.bytes(200_000, 3));

        Thread.currentThread().interrupt();
        try {
            assertThat(bytesOf(store(), BLOB)).isEqualTo(Samples.bytes(200_000, 3));
        } catch (StoreUnavailableException e) {
            assertThat(e).hasMessageContaining(BLOB.path());
        }

        assertThat(Thread.interrupted()).as("the interrupt flag is kept").isTrue();
        assertThat(bytesOf(store(), BLOB)).as("the handle still works").hasSize(200_000);
    }

    @Test
    default void closeIsIdempotent() {
        BlobStore closed = anotherEndpoint();
        closed.close();
        closed.close();
    }

    @Test
    default void closingAnEndpointLeavesTheOthersOpen() {
        anotherEndpoint().close();

        createBlob(store(), BLOB, new byte[] {1});

        assertThat(bytesOf(store(), BLOB)).containsExactly(1);
    }

    @Test
    default void everyCallAfterCloseIsRefused() {
        BlobStore closed = anotherEndpoint();
        closed.close();

        List<ThrowingCallable> calls = List.of(
                () -> tryRead(closed, BLOB),
                () -> closed.copyTo(BLOB, OutputStream.nullOutputStream(), ANY_SIZE, TIMEOUT),
                () -> createBlob(closed, BLOB, new byte[] {1}),
                () -> closed.stat(BLOB, TIMEOUT),
                () -> trySwap(closed, REGISTER, BlobVersion.ABSENT, new byte[] {1}),
                () -> closed.list("", "", 1, TIMEOUT),
                () -> closed.delete(BLOB, TIMEOUT));

        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(IllegalStateException.class));
        assertThat(isAbsent(store(), BLOB)).isTrue();
    }

    @Test
    default void theLocationNamesTheStore() {
        assertThat(store().location()).isNotBlank();
    }
}
