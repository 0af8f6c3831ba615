package dev.recsys.testkit;

import static dev.recsys.testkit.PlainCalls.bytesOf;
import static dev.recsys.testkit.PlainCalls.createBlob;
import static dev.recsys.testkit.PlainCalls.isAbsent;
import static dev.recsys.testkit.PlainCalls.swap;
import static dev.recsys.testkit.PlainCalls.trySwap;
import static dev.recsys.testkit.Samples.BLOB;
import static dev.recsys.testkit.Samples.REGISTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.store.BlobVersion;
import dev.recsys.store.SwapResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Line 6. The outcomes of a compare-and-set are those of {@link SwapResult}; nothing is rounded up or down. */
@ContractLine(6)
interface OutcomeLine extends ContractFixture {
    @Test
    default void aSwapThatDoesNotReachTheStorageIsNoMismatch() {
        BlobVersion version = swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});
        harness().becomeUnavailable();

        assertThat(trySwap(store(), REGISTER, version, new byte[] {2}))
                .isInstanceOfAny(SwapResult.NotSent.class, SwapResult.Unknown.class);
        assertThat(trySwap(store(), Samples.register(1), BlobVersion.ABSENT, new byte[] {2}))
                .isInstanceOfAny(SwapResult.NotSent.class, SwapResult.Unknown.class);

        harness().recover();
        assertThat(bytesOf(anotherEndpoint(), REGISTER)).containsExactly(1);
    }

    @Test
    default void aSwapThatIsRefusedIsNotSent() {
        BlobVersion version = swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});
        harness().becomeDenied();

        assertThat(trySwap(store(), REGISTER, version, new byte[] {2})).isInstanceOf(SwapResult.NotSent.class);

        harness().recover();
        assertThat(bytesOf(anotherEndpoint(), REGISTER)).containsExactly(1);
    }

    @Test
    default void aSwapWithoutTimeIsNotSent() {
        BlobVersion version = swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});

        SwapResult result = store().compareAndSet(REGISTER, version, new byte[] {2}, Duration.ZERO);

        assertThat(result).isInstanceOf(SwapResult.NotSent.class);
        assertThat(bytesOf(anotherEndpoint(), REGISTER)).containsExactly(1);
    }

    @Test
    default void aBodyOfMoreThan64KibIsRefusedAndChangesNothing() {
        byte[] tooLong = new byte[Samples.MAX_REGISTER_BYTES + 1];

        assertThatThrownBy(() -> trySwap(store(), REGISTER, BlobVersion.ABSENT, tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(REGISTER.path())
                .hasMessageContaining(Integer.toString(tooLong.length));

        assertThat(isAbsent(store(), REGISTER)).isTrue();
    }

    @Test
    default void onlyARegisterCanBeSwapped() {
        createBlob(store(), BLOB, new byte[] {1});

        assertThatThrownBy(() -> trySwap(store(), BLOB, BlobVersion.ABSENT, new byte[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(BLOB.path());

        assertThat(bytesOf(store(), BLOB)).containsExactly(1);
    }

    @Test
    default void whatTheCallerDoesToTheArrayLaterChangesNothing() {
        byte[] body = {1, 2};
        swap(store(), REGISTER, BlobVersion.ABSENT, body);

        body[0] = 9;

        assertThat(bytesOf(store(), REGISTER)).containsExactly(1, 2);
    }
}
