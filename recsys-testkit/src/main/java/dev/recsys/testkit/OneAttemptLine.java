package dev.recsys.testkit;

import static dev.recsys.testkit.PlainCalls.bytesOf;
import static dev.recsys.testkit.PlainCalls.read;
import static dev.recsys.testkit.PlainCalls.swap;
import static dev.recsys.testkit.PlainCalls.trySwap;
import static dev.recsys.testkit.Samples.REGISTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.store.BlobVersion;
import dev.recsys.store.SwapResult;
import org.junit.jupiter.api.Test;

/** Line 5. A compare-and-set makes exactly one attempt on the wire; retrying belongs to the caller. */
@ContractLine(5)
interface OneAttemptLine extends ContractFixture {
    @Test
    default void aSwapWhoseReplyIsLostIsUnknownThoughItTookEffect() {
        BlobVersion version = swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});
        harness().loseNextReply();

        assertThat(trySwap(store(), REGISTER, version, new byte[] {2})).isInstanceOf(SwapResult.Unknown.class);

        assertThat(bytesOf(anotherEndpoint(), REGISTER)).containsExactly(2);
    }

    @Test
    default void aSwapWhoseRequestIsLostIsUnknownAndNotTriedAgain() {
        BlobVersion version = swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});
        harness().loseNextRequest();

        assertThat(trySwap(store(), REGISTER, version, new byte[] {2})).isInstanceOf(SwapResult.Unknown.class);

        assertThat(bytesOf(anotherEndpoint(), REGISTER)).containsExactly(1);
    }

    @Test
    default void afterAnUnknownOutcomeTheCallerCanSendTheSameBytesAgain() {
        BlobVersion version = swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});
        harness().loseNextRequest();
        trySwap(store(), REGISTER, version, new byte[] {2});

        BlobVersion applied = swap(store(), REGISTER, version, new byte[] {2});

        assertThat(read(anotherEndpoint(), REGISTER).version()).isEqualTo(applied);
    }
}
