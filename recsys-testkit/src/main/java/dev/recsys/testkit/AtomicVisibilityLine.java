package dev.recsys.testkit;

import static dev.recsys.testkit.PlainCalls.bytesOf;
import static dev.recsys.testkit.PlainCalls.copy;
import static dev.recsys.testkit.PlainCalls.createBlob;
import static dev.recsys.testkit.PlainCalls.isAbsent;
import static dev.recsys.testkit.PlainCalls.list;
import static dev.recsys.testkit.PlainCalls.read;
import static dev.recsys.testkit.PlainCalls.swap;
import static dev.recsys.testkit.PlainCalls.tryRead;
import static dev.recsys.testkit.Samples.REGISTER;
import static dev.recsys.testkit.Samples.blob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Line 2. Atomic visibility: a read never returns a prefix, a mixture, or "absent" for a key that has a value. */
@ContractLine(2)
interface AtomicVisibilityLine extends ContractFixture {
    int BODY_BYTES = 60_000;
    int BLOB_BYTES = 300_000;

    @Test
    default void readersRacingWithSwapsSeeWholeBodiesAndAlwaysOne() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        BlobVersion first = swap(store(), REGISTER, BlobVersion.ABSENT, Samples.uniform(BODY_BYTES, 0));
        try (Race race = Race.of(4)) {
            race.run(racer -> {
                if (racer == 0) {
                    swapOften(first, done);
                    return racer;
                }
                BlobStore reader = racer == 1 ? store() : anotherEndpoint();
                while (!done.get()) {
                    assertThat(Samples.isUniform(bytesOf(reader, REGISTER), BODY_BYTES))
                            .as("the bytes read are exactly those of one swap")
                            .isTrue();
                    assertThat(list(reader, "")).as("a register with a value").containsExactly(REGISTER);
                }
                return racer;
            });
        }
    }

    @Test
    default void aVersionBelongsToTheBytesThatWereReadWithIt() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Map<BlobVersion, Byte> seen = new ConcurrentHashMap<>();
        BlobVersion first = swap(store(), REGISTER, BlobVersion.ABSENT, Samples.uniform(BODY_BYTES, 0));
        requireSameBytesAsBefore(read(store(), REGISTER), seen);
        try (Race race = Race.of(4)) {
            race.run(racer -> {
                if (racer == 0) {
                    swapOften(first, done);
                    return racer;
                }
                BlobStore reader = racer == 1 ? store() : anotherEndpoint();
                while (!done.get()) {
                    requireSameBytesAsBefore(read(reader, REGISTER), seen);
                }
                return racer;
            });
        }
        requireSameBytesAsBefore(read(store(), REGISTER), seen);
    }

    private static void requireSameBytesAsBefore(Blob blob, Map<BlobVersion, Byte> seen) {
        byte before = seen.merge(blob.version(), blob.bytes()[0], (old, now) -> old);
        assertThat(blob.bytes()[0]).as("bytes of %s", blob.version()).isEqualTo(before);
    }

    private void swapOften(BlobVersion first, AtomicBoolean done) {
        try {
            BlobVersion version = first;
            for (int i = 1; i <= harness().rounds(); i++) {
                version = swap(store(), REGISTER, version, Samples.uniform(BODY_BYTES, i));
            }
        } finally {
            done.set(true);
        }
    }

    @Test
    default void readersRacingWithACreateSeeNothingOrAllOfIt() throws Exception {
        BlobStore other = anotherEndpoint();
        try (Race race = Race.of(4)) {
            for (int round = 0; round < 1 + harness().rounds() / 4; round++) {
                BlobKey key = blob(round);
                AtomicBoolean created = new AtomicBoolean();
                assertThat(isAbsent(store(), key) && isAbsent(other, key)).isTrue();
                race.run(racer -> {
                    if (racer == 0) {
                        createBlob(store(), key, Samples.uniform(BLOB_BYTES, 5));
                        created.set(true);
                        return racer;
                    }
                    watchAppear(racer == 1 ? store() : other, key, created);
                    return racer;
                });
            }
        }
    }

    private static void watchAppear(BlobStore reader, BlobKey key, AtomicBoolean created) {
        boolean seen = false;
        while (!seen) {
            boolean mustBeThere = created.get();
            ReadResult result = tryRead(reader, key);
            seen = result instanceof ReadResult.Found;
            assertThat(seen || !mustBeThere).as("a created blob is there").isTrue();
        }
        assertThat(Samples.isUniform(bytesOf(reader, key), BLOB_BYTES))
                .as("whole")
                .isTrue();
        assertThat(copy(reader, key)).get().matches(bytes -> Samples.isUniform(bytes, BLOB_BYTES), "whole");
        assertThat(reader.stat(key, PlainCalls.TIMEOUT)).get().matches(stat -> stat.sizeBytes() == BLOB_BYTES, "whole");
    }

    @Test
    default void bodiesOfEverySizeComeBackByteForByte() {
        int[] sizes = {0, 1, 4_095, 4_096, 8_193, Samples.MAX_REGISTER_BYTES};
        BlobVersion version = BlobVersion.ABSENT;
        for (int size : sizes) {
            version = swap(store(), REGISTER, version, Samples.bytes(size, size));
            createBlob(store(), blob(size), Samples.bytes(size, size));

            assertThat(bytesOf(store(), REGISTER)).isEqualTo(Samples.bytes(size, size));
            assertThat(bytesOf(store(), blob(size))).isEqualTo(Samples.bytes(size, size));
        }
    }

    @Test
    default void aLargeBlobComesBackByteForByte() {
        byte[] large = Samples.bytes(9_000_001, 1);

        createBlob(store(), blob(1), large);

        assertThat(copy(anotherEndpoint(), blob(1))).contains(large);
    }
}
