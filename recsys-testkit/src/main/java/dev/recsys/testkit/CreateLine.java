package dev.recsys.testkit;

import static dev.recsys.testkit.PlainCalls.TIMEOUT;
import static dev.recsys.testkit.PlainCalls.bytesOf;
import static dev.recsys.testkit.PlainCalls.createBlob;
import static dev.recsys.testkit.PlainCalls.isAbsent;
import static dev.recsys.testkit.PlainCalls.list;
import static dev.recsys.testkit.Samples.BLOB;
import static dev.recsys.testkit.Samples.REGISTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStore;
import dev.recsys.store.CreateResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Line 8. Create-if-absent answers created or exists (with the length), and never touches what is there. */
@ContractLine(8)
interface CreateLine extends ContractFixture {
    int RACERS = 32;

    @Test
    default void ofManyCreatesOfOneKeyOneIsCreated() throws Exception {
        BlobStore other = anotherEndpoint();
        try (Race race = Race.of(RACERS)) {
            for (int round = 0; round < harness().rounds(); round++) {
                BlobKey key = Samples.blob(round);
                List<CreateResult> results =
                        race.run(racer -> createBlob(racer % 2 == 0 ? store() : other, key, bodyOf(racer)));
                requireOneWinner(results, key);
            }
        }
    }

    private void requireOneWinner(List<CreateResult> results, BlobKey key) {
        List<Integer> winners = IntStream.range(0, results.size())
                .filter(i -> results.get(i) instanceof CreateResult.Created)
                .boxed()
                .toList();
        assertThat(winners).as("creators of %s among %s", key, results).hasSize(1);
        byte[] expected = bodyOf(winners.get(0));
        assertThat(bytesOf(store(), key)).isEqualTo(expected);
        assertThat(results)
                .filteredOn(result -> !(result instanceof CreateResult.Created))
                .containsOnly(new CreateResult.Exists(expected.length));
    }

    private static byte[] bodyOf(int racer) {
        return Samples.uniform(100 + racer, racer);
    }

    @Test
    default void aSecondCreateAnswersTheLengthOfTheFirstAndTouchesNothing() {
        assertThat(createBlob(store(), BLOB, new byte[] {1, 2, 3})).isEqualTo(new CreateResult.Created());

        assertThat(createBlob(anotherEndpoint(), BLOB, new byte[] {9, 9, 9, 9, 9}))
                .isEqualTo(new CreateResult.Exists(3));

        assertThat(bytesOf(store(), BLOB)).containsExactly(1, 2, 3);
    }

    @Test
    default void creatingTheSameBytesAgainAnswersExists() {
        createBlob(store(), BLOB, new byte[] {1, 2, 3});

        assertThat(createBlob(store(), BLOB, new byte[] {1, 2, 3})).isEqualTo(new CreateResult.Exists(3));
    }

    @Test
    default void aDeletedBlobCanBeCreatedAgain() {
        createBlob(store(), BLOB, new byte[] {1});
        store().delete(BLOB, TIMEOUT);

        assertThat(createBlob(store(), BLOB, new byte[] {2})).isEqualTo(new CreateResult.Created());

        assertThat(bytesOf(anotherEndpoint(), BLOB)).containsExactly(2);
    }

    @Test
    default void aSourceThatEndsEarlyStoresNothing() {
        failsAndStoresNothing(announced(1_001, new ByteArrayInputStream(new byte[1_000])));
    }

    @Test
    default void aSourceThatGoesOnLongerThanItSaidStoresNothing() {
        failsAndStoresNothing(announced(999, new ByteArrayInputStream(new byte[1_000])));
    }

    @Test
    default void aSourceThatBreaksStoresNothing() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the source broke");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        InputStream breaking = new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), broken);
        failsAndStoresNothing(announced(200_000, breaking));
    }

    private void failsAndStoresNothing(BlobSource source) {
        assertThatThrownBy(() -> store().create(BLOB, source, TIMEOUT))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(BLOB.path());

        assertThat(isAbsent(anotherEndpoint(), BLOB)).isTrue();
        assertThat(list(store(), "")).isEmpty();
        assertThat(createBlob(store(), BLOB, new byte[] {1})).isEqualTo(new CreateResult.Created());
    }

    private static BlobSource announced(long sizeBytes, InputStream bytes) {
        return new BlobSource() {
            @Override
            public long sizeBytes() {
                return sizeBytes;
            }

            @Override
            public InputStream open() {
                return bytes;
            }
        };
    }

    @Test
    default void theSourceIsClosed() {
        boolean[] closed = {false};
        store().create(
                        BLOB,
                        announced(0, new ByteArrayInputStream(new byte[0]) {
                            @Override
                            public void close() {
                                closed[0] = true;
                            }
                        }),
                        TIMEOUT);

        assertThat(closed[0]).isTrue();
    }

    @Test
    default void aCreateWithoutTimeIsUnavailableAndStoresNothing() {
        assertThatThrownBy(() -> store().create(BLOB, BlobSource.of(new byte[] {1}), Duration.ZERO))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(isAbsent(store(), BLOB)).isTrue();
    }

    @Test
    default void aRegisterCannotBeCreated() {
        assertThatThrownBy(() -> createBlob(store(), REGISTER, new byte[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(REGISTER.path());

        assertThat(isAbsent(store(), REGISTER)).isTrue();
    }
}
