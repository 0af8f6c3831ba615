package dev.recsys.testkit;

import static dev.recsys.testkit.PlainCalls.bytesOf;
import static dev.recsys.testkit.PlainCalls.isAbsent;
import static dev.recsys.testkit.PlainCalls.read;
import static dev.recsys.testkit.PlainCalls.swap;
import static dev.recsys.testkit.PlainCalls.trySwap;
import static dev.recsys.testkit.Samples.REGISTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.store.BlobVersion;
import dev.recsys.store.SwapResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Line 4. A version is opaque and compared by equality only; it may repeat for equal bytes, never for different ones. */
@ContractLine(4)
interface VersionLine extends ContractFixture {
    @Test
    default void aSwapFromAStaleVersionIsAMismatchAndChangesNothing() {
        BlobVersion stale = swap(store(), REGISTER, BlobVersion.ABSENT, bytes("a1"));
        swap(store(), REGISTER, stale, bytes("b1"));

        assertThat(trySwap(anotherEndpoint(), REGISTER, stale, new byte[] {'c'}))
                .isInstanceOf(SwapResult.Mismatch.class);

        assertThat(bytesOf(store(), REGISTER)).isEqualTo(bytes("b1"));
    }

    @Test
    default void aSwapThatExpectsAbsentOfARegisterThatIsThereIsAMismatch() {
        swap(store(), REGISTER, BlobVersion.ABSENT, bytes("a1"));

        assertThat(trySwap(anotherEndpoint(), REGISTER, BlobVersion.ABSENT, bytes("b1")))
                .isInstanceOf(SwapResult.Mismatch.class);

        assertThat(bytesOf(store(), REGISTER)).isEqualTo(bytes("a1"));
    }

    @Test
    default void aSwapThatExpectsAVersionOfAnAbsentRegisterIsAMismatch() {
        BlobVersion elsewhere = swap(store(), Samples.register(1), BlobVersion.ABSENT, bytes("a1"));

        assertThat(trySwap(store(), REGISTER, elsewhere, bytes("b1"))).isInstanceOf(SwapResult.Mismatch.class);

        assertThat(isAbsent(store(), REGISTER)).isTrue();
    }

    @Test
    default void aVersionThatTheStoreNeverIssuedIsAMismatch() {
        swap(store(), REGISTER, BlobVersion.ABSENT, bytes("a1"));

        assertThat(trySwap(store(), REGISTER, new BlobVersion("never issued"), bytes("b1")))
                .isInstanceOf(SwapResult.Mismatch.class);

        assertThat(bytesOf(store(), REGISTER)).isEqualTo(bytes("a1"));
    }

    @Test
    default void differentBytesNeverShareAVersion() {
        Map<BlobVersion, byte[]> bodies = new HashMap<>();
        BlobVersion version = BlobVersion.ABSENT;
        for (int i = 0; i < 60; i++) {
            byte[] body = Samples.bytes(10 + i / 20, i);
            version = swap(store(), REGISTER, version, body);

            byte[] before = bodies.put(version, body);

            assertThat(before == null || Arrays.equals(before, body))
                    .as("%s is new", version)
                    .isTrue();
        }
        assertThat(bodies).doesNotContainKey(BlobVersion.ABSENT);
    }

    @Test
    default void aStaleWriterLosesEvenIfTheContentLooksLikeItsOwnAgain() {
        BlobVersion first = swap(store(), REGISTER, BlobVersion.ABSENT, bytes("a1"));
        BlobVersion second = swap(store(), REGISTER, first, bytes("b2"));
        swap(store(), REGISTER, second, bytes("a3"));

        assertThat(trySwap(store(), REGISTER, first, bytes("b1"))).isInstanceOf(SwapResult.Mismatch.class);
        assertThat(trySwap(store(), REGISTER, second, bytes("b1"))).isInstanceOf(SwapResult.Mismatch.class);

        assertThat(bytesOf(store(), REGISTER)).containsExactly('a', '3');
    }

    @Test
    default void theAppliedVersionIsTheOneThatReadersSee() {
        BlobVersion first = swap(store(), REGISTER, BlobVersion.ABSENT, bytes("a1"));
        assertThat(read(anotherEndpoint(), REGISTER).version()).isEqualTo(first);

        BlobVersion second = swap(store(), REGISTER, first, bytes("b1"));
        assertThat(read(anotherEndpoint(), REGISTER).version()).isEqualTo(second);
        assertThat(read(store(), REGISTER).version()).isEqualTo(second);
    }

    @Test
    default void aSwapAppliesToTheVersionThatAnotherEndpointRead() {
        swap(store(), REGISTER, BlobVersion.ABSENT, bytes("a1"));
        BlobVersion seenElsewhere = read(anotherEndpoint(), REGISTER).version();

        swap(store(), REGISTER, new BlobVersion(seenElsewhere.token()), bytes("b1"));

        assertThat(bytesOf(store(), REGISTER)).isEqualTo(bytes("b1"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
