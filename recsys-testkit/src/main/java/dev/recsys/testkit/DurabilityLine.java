package dev.recsys.testkit;

import static dev.recsys.testkit.PlainCalls.bytesOf;
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
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Line 10. Durability: what was reported as applied or created survives a loss of power. */
@ContractLine(10)
interface DurabilityLine extends ContractFixture {
    @Test
    default void anAppliedSwapSurvivesALossOfPower() {
        BlobVersion version = BlobVersion.ABSENT;
        for (int i = 0; i < 5; i++) {
            version = swap(store(), REGISTER, version, Samples.bytes(5_000, i));
        }

        harness().losePower();

        BlobStore after = anotherEndpoint();
        assertThat(bytesOf(after, REGISTER)).isEqualTo(Samples.bytes(5_000, 4));
        assertThat(read(after, REGISTER).version()).isEqualTo(version);
    }

    @Test
    default void theVeryFirstSwapSurvivesALossOfPower() {
        swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});

        harness().losePower();

        assertThat(bytesOf(anotherEndpoint(), REGISTER)).containsExactly(1);
    }

    @Test
    default void aCreatedBlobSurvivesALossOfPower() {
        createBlob(store(), BLOB, Samples.bytes(100_000, 1));

        harness().losePower();

        BlobStore after = anotherEndpoint();
        assertThat(bytesOf(after, BLOB)).isEqualTo(Samples.bytes(100_000, 1));
        assertThat(list(after, "")).containsExactly(BLOB);
    }

    @Test
    default void aDeletedBlobStaysDeletedOrIsWholeAfterALossOfPower() {
        createBlob(store(), BLOB, Samples.bytes(100_000, 1));
        store().delete(BLOB, PlainCalls.TIMEOUT);

        harness().losePower();

        BlobStore after = anotherEndpoint();
        assertThat(isAbsent(after, BLOB) || Arrays.equals(bytesOf(after, BLOB), Samples.bytes(100_000, 1)))
                .isTrue();
    }

    @Test
    default void theNextSwapGoesOnFromTheLastOneAfterALossOfPower() {
        BlobVersion version = swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});
        harness().losePower();
        BlobStore after = anotherEndpoint();

        swap(after, REGISTER, version, new byte[] {2});

        harness().losePower();
        assertThat(bytesOf(anotherEndpoint(), REGISTER)).containsExactly(2);
    }
}
