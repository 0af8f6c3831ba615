package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.DamagedException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.StoreCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A pointer that is put back to an older one behind a new epoch, and connections that break during the ceremony. */
class PutBackTest extends ThreeShips {
    /** Nothing in the old epoch tells of the new one. */
    @Test
    void aPointerThatIsPutBackBehindANewEpochIsNoticed() {
        byte[] before = pointerBytes(); // 1/3
        other.newEpoch("acme", "home", "restored"); // 2/5
        ship(4); // 2/6; the history has 2/5
        overwrite(before);

        assertThatThrownBy(() -> other.current("acme", "home")).isInstanceOf(DamagedException.class);
    }

    /** A ship would succeed in an epoch that readers have left. */
    @Test
    void aPointerThatIsPutBackBehindANewEpochIsNotShippedTo() {
        byte[] before = pointerBytes();
        other.newEpoch("acme", "home", "restored");
        ship(4);
        overwrite(before);

        assertThatThrownBy(() -> ship(5)).isInstanceOf(DamagedException.class);
    }

    /** The entry of the history proves that it took effect. */
    @Test
    void aCommittedCeremonyIsNotToldLostAfterThePointerIsPutBack() {
        byte[] before = pointerBytes();
        faulty.always(StoreCall.SWAP, Fault.LATE);
        OutcomeUnknownException unknown = catchThrowableOfType(
                OutcomeUnknownException.class, () -> publisher.newEpoch("acme", "home", "restored"));
        faulty.heal();
        faulty.landLate();
        assertThat(pointer().epoch()).isEqualTo(2);
        ship(4);
        overwrite(before);

        assertThat(other.resume(unknown.handle()).outcome()).isEqualTo(Resolution.Outcome.COMMITTED);
    }

    /** One body that is cut short, once, while the ceremony reads a pinned release. */
    @Test
    void aPinSurvivesOneConnectionThatBreaks() {
        other.pin("acme", "home", 1, "keep");
        faulty.nth(StoreCall.COPY, 4, Fault.TRUNCATED); // current, 3, 2, 1

        publisher.newEpoch("acme", "home", "restored");

        assertThat(pointer().retention().pinned()).containsExactly(1L);
    }

    @Test
    void aPinnedReleaseIsNotCollectedBecauseOneConnectionBroke() {
        other.pin("acme", "home", 1, "keep");
        faulty.nth(StoreCall.COPY, 4, Fault.TRUNCATED);
        publisher.newEpoch("acme", "home", "restored");
        other.collect(CollectRequest.of(SCOPE, "retention").keepReleases(10).keepFor(Duration.ofDays(30)));

        assertThat(other.rollback(RollbackRequest.of(SCOPE, "back").to(1)).id()).isEqualTo(1);
    }
}
