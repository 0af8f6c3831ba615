package dev.recsys.publish.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.UnsafeStoreException;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import org.junit.jupiter.api.Test;

class ProbeVerdictTest {
    /** One answer to a create gets lost, once, on a sound store. */
    @Test
    void oneLostAnswerDoesNotConvictASoundStore() {
        FaultyBlobStore store = FaultyBlobStore.over(MemoryBlobStore.open());
        store.nth(StoreCall.CREATE, 3, Fault.REPLY_LOST); // other-version, seen, once

        StoreVerdict verdict = StoreProbe.quick().run(store);

        assertThat(verdict.broken()).isEmpty();
    }

    /** A quick probe that ends later does not say "sound" over the "broken" of a thorough one. */
    @Test
    void aSoundQuickVerdictDoesNotReplaceABrokenOne() {
        MemoryBlobStore sound = MemoryBlobStore.open();
        FaultyBlobStore seenByDoctor = FaultyBlobStore.over(sound.anotherEndpoint());
        seenByDoctor.always(StoreCall.COPY, Fault.TRUNCATED); // stands for a rare defect that only the doctor meets
        FaultyBlobStore seenByShip = FaultyBlobStore.over(sound.anotherEndpoint());
        boolean[] doctorSaysSound = {true};
        seenByShip.afterNext(
                StoreCall.LIST,
                () -> doctorSaysSound[0] =
                        StoreProbe.thorough().run(seenByDoctor).isSound());

        assertThatThrownBy(() -> StoreProbe.quick().requireSound(seenByShip)).isInstanceOf(UnsafeStoreException.class);

        assertThat(doctorSaysSound[0]).as("set up").isFalse();
        assertThat(ProbeRecord.read(sound, java.time.Duration.ofSeconds(5))
                        .orElseThrow()
                        .broken())
                .as("what the doctor found moments ago")
                .isNotEmpty();
    }
}
