package dev.recsys.testkit;

import static dev.recsys.testkit.PlainCalls.bytesOf;
import static dev.recsys.testkit.PlainCalls.copy;
import static dev.recsys.testkit.PlainCalls.createBlob;
import static dev.recsys.testkit.PlainCalls.isAbsent;
import static dev.recsys.testkit.PlainCalls.list;
import static dev.recsys.testkit.PlainCalls.read;
import static dev.recsys.testkit.PlainCalls.swap;
import static dev.recsys.testkit.Samples.BLOB;
import static dev.recsys.testkit.Samples.REGISTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Line 1. Linearizable per key: a write reported as applied is seen by every later read, anywhere. */
@ContractLine(1)
interface LinearizableLine extends ContractFixture {
    @Test
    default void aSwapIsSeenByEveryEndpointAtOnce() {
        BlobStore other = anotherEndpoint();
        BlobVersion version = BlobVersion.ABSENT;
        for (int i = 0; i < 50; i++) {
            BlobStore writer = i % 2 == 0 ? store() : other;
            BlobStore reader = i % 2 == 0 ? other : store();

            version = swap(writer, REGISTER, version, number(i));

            assertThat(bytesOf(reader, REGISTER)).isEqualTo(number(i));
            assertThat(read(reader, REGISTER).version()).isEqualTo(version);
        }
    }

    @Test
    default void aCreatedBlobIsSeenByAnEndpointThatHadFoundItAbsent() {
        BlobStore other = anotherEndpoint();
        assertThat(isAbsent(other, BLOB)).isTrue();
        assertThat(other.stat(BLOB, PlainCalls.TIMEOUT)).isEmpty();

        createBlob(store(), BLOB, number(7));

        assertThat(bytesOf(other, BLOB)).isEqualTo(number(7));
        assertThat(copy(other, BLOB)).contains(number(7));
        assertThat(other.stat(BLOB, PlainCalls.TIMEOUT)).isPresent();
        assertThat(list(other, "")).containsExactly(BLOB);
    }

    @Test
    default void aDeletedBlobIsAbsentAtEveryEndpointAtOnce() {
        BlobStore other = anotherEndpoint();
        createBlob(store(), BLOB, number(7));
        assertThat(bytesOf(other, BLOB)).isEqualTo(number(7));

        store().delete(BLOB, PlainCalls.TIMEOUT);

        assertThat(isAbsent(other, BLOB)).isTrue();
        assertThat(list(other, "")).isEmpty();
    }

    @Test
    default void readersNeverSeeLessThanWhatWasApplied() throws Exception {
        AtomicLong applied = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        BlobVersion first = swap(store(), REGISTER, BlobVersion.ABSENT, number(0));
        try (Race race = Race.of(4)) {
            race.run(racer -> {
                if (racer == 0) {
                    return countUp(first, applied, done);
                }
                BlobStore reader = anotherEndpoint(racer);
                while (!done.get()) {
                    long before = applied.get();
                    assertThat(ByteBuffer.wrap(bytesOf(reader, REGISTER)).getLong())
                            .isGreaterThanOrEqualTo(before);
                }
                return applied.get();
            });
        }
    }

    private long countUp(BlobVersion first, AtomicLong applied, AtomicBoolean done) {
        try {
            BlobVersion version = first;
            for (long i = 1; i <= harness().rounds(); i++) {
                version = swap(store(), REGISTER, version, number(i));
                applied.set(i);
            }
            return applied.get();
        } finally {
            done.set(true);
        }
    }

    private BlobStore anotherEndpoint(int racer) {
        return racer % 2 == 0 ? store() : anotherEndpoint();
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
