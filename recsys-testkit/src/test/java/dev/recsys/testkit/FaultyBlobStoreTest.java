package dev.recsys.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultyBlobStoreTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final BlobKey REGISTER = BlobKey.of("t", "current");
    private static final BlobKey BLOB = BlobKey.of("t", "blob");
    private static final byte[] BODY = {1, 2, 3, 4};

    private final MemoryBlobStore memory = MemoryBlobStore.open();
    private final FaultyBlobStore store = FaultyBlobStore.over(memory.anotherEndpoint());

    @Test
    void aLostReplyIsUnknownAndTheSwapTookEffect() {
        store.next(StoreCall.SWAP, Fault.REPLY_LOST);

        assertThat(swap(store)).isInstanceOf(SwapResult.Unknown.class);

        assertThat(read(memory, REGISTER)).isEqualTo(BODY);
    }

    @Test
    void aLateSwapIsUnknownAndTakesEffectWhenTheTestSaysSo() {
        store.next(StoreCall.SWAP, Fault.LATE);

        assertThat(swap(store)).isInstanceOf(SwapResult.Unknown.class);
        assertThat(isAbsent(REGISTER)).isTrue();

        assertThat(store.landLate()).hasOnlyElementsOfType(SwapResult.Applied.class);
        assertThat(read(memory, REGISTER)).isEqualTo(BODY);
        assertThat(store.landLate()).isEmpty();
    }

    @Test
    void aLateSwapThatWasOvertakenLandsAsAMismatch() {
        store.next(StoreCall.SWAP, Fault.LATE);
        swap(store);
        swap(memory);

        assertThat(store.landLate()).hasOnlyElementsOfType(SwapResult.Mismatch.class);
    }

    @Test
    void aSwapThatDoesNotReachTheStoreIsNotSent() {
        store.next(StoreCall.SWAP, Fault.UNAVAILABLE);

        assertThat(swap(store)).isInstanceOf(SwapResult.NotSent.class);

        assertThat(isAbsent(REGISTER)).isTrue();
        assertThat(swap(store)).isInstanceOf(SwapResult.Applied.class);
    }

    @Test
    void aLastingFaultLastsUntilHealed() {
        store.always(Fault.DENIED);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> read(store, REGISTER)).isInstanceOf(StoreDeniedException.class);
        }

        store.heal();

        assertThat(swap(store)).isInstanceOf(SwapResult.Applied.class);
    }

    @Test
    void theProcessDiesAtTheKthCallAndMakesNoOtherAfterIt() {
        store.nth(2, Fault.DIES_AFTER);
        swap(store);

        assertThatThrownBy(() -> create(store)).isInstanceOf(ProcessDied.class);
        assertThatThrownBy(() -> read(store, REGISTER)).isInstanceOf(ProcessDied.class);

        assertThat(read(memory, BLOB)).isEqualTo(BODY);
        assertThat(store.count()).isEqualTo(2);
    }

    @Test
    void aProcessThatDiesBeforeACreateLeavesNothing() {
        store.nth(StoreCall.CREATE, 1, Fault.DIES_BEFORE);
        swap(store);

        assertThatThrownBy(() -> create(store)).isInstanceOf(ProcessDied.class);

        assertThat(isAbsent(BLOB)).isTrue();
    }

    @Test
    void aCreateWhoseReplyIsLostThrowsAndIsStored() {
        store.next(StoreCall.CREATE, Fault.REPLY_LOST);

        assertThatThrownBy(() -> create(store)).isInstanceOf(StoreUnavailableException.class);

        assertThat(read(memory, BLOB)).isEqualTo(BODY);
    }

    @Test
    void readsAreTruncatedOrFlippedOnce() {
        create(store);
        store.next(StoreCall.READ, Fault.TRUNCATED);
        store.next(StoreCall.COPY, Fault.BIT_FLIPPED);

        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        store.copyTo(BLOB, copy, 100, TIMEOUT);

        assertThat(copy.toByteArray()).containsExactly(1, 2, 2, 4);
        assertThat(read(store, BLOB)).containsExactly(1, 2);
        assertThat(read(store, BLOB)).isEqualTo(BODY);
    }

    @Test
    void hooksRunOnceBeforeTheCallAndAfterItsEffect() {
        List<String> seen = new ArrayList<>();
        store.beforeNext(StoreCall.CREATE, () -> seen.add(isAbsent(BLOB) ? "before" : "too late"));
        store.afterNext(StoreCall.CREATE, () -> seen.add(isAbsent(BLOB) ? "too early" : "after"));

        create(store);
        create(store);

        assertThat(seen).containsExactly("before", "after");
        assertThat(store.count(StoreCall.CREATE)).isEqualTo(2);
    }

    private boolean isAbsent(BlobKey key) {
        return memory.read(key, BlobVersion.ABSENT, 100, TIMEOUT) instanceof ReadResult.Absent;
    }

    private static void create(FaultyBlobStore store) {
        store.create(BLOB, BlobSource.of(BODY), TIMEOUT);
    }

    private static SwapResult swap(BlobStore store) {
        return store.compareAndSet(REGISTER, BlobVersion.ABSENT, BODY, TIMEOUT);
    }

    private static byte[] read(BlobStore store, BlobKey key) {
        return ((ReadResult.Found) store.read(key, BlobVersion.ABSENT, 100, TIMEOUT))
                .blob()
                .bytes();
    }
}
