package dev.recsys.testkit;

import static dev.recsys.testkit.PlainCalls.ANY_SIZE;
import static dev.recsys.testkit.PlainCalls.TIMEOUT;
import static dev.recsys.testkit.PlainCalls.bytesOf;
import static dev.recsys.testkit.PlainCalls.createBlob;
import static dev.recsys.testkit.PlainCalls.isAbsent;
import static dev.recsys.testkit.PlainCalls.swap;
import static dev.recsys.testkit.Samples.BLOB;
import static dev.recsys.testkit.Samples.REGISTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** Line 7. A refusal is denied, an outage is unavailable; "absent" is only said with authority. */
@ContractLine(7)
interface OutageLine extends ContractFixture {
    BlobKey MISSING = BlobKey.of("acme", "home", "artifacts", "missing");

    @Test
    default void whatIsNotThereIsAbsent() {
        assertThat(isAbsent(store(), REGISTER)).isTrue();
        assertThat(isAbsent(store(), MISSING)).isTrue();
        assertThat(PlainCalls.copy(store(), MISSING)).isEmpty();
        assertThat(store().stat(MISSING, TIMEOUT)).isEmpty();
        assertThat(PlainCalls.list(store(), "")).isEmpty();
    }

    @Test
    default void anOutageIsNeverAbsent() {
        swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});
        createBlob(store(), BLOB, new byte[] {1});

        harness().becomeUnavailable();

        everyCallThrows(store(), StoreUnavailableException.class);
        everyCallThrows(anotherEndpoint(), StoreUnavailableException.class);
    }

    @Test
    default void aRefusalIsNeverAbsent() {
        swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});
        createBlob(store(), BLOB, new byte[] {1});

        harness().becomeDenied();

        everyCallThrows(store(), StoreDeniedException.class);
        everyCallThrows(anotherEndpoint(), StoreDeniedException.class);
    }

    private static void everyCallThrows(BlobStore store, Class<? extends Exception> type) {
        for (BlobKey key : new BlobKey[] {REGISTER, BLOB, MISSING}) {
            assertThatThrownBy(() -> store.read(key, BlobVersion.ABSENT, ANY_SIZE, TIMEOUT))
                    .isInstanceOf(type);
        }
        for (BlobKey key : new BlobKey[] {BLOB, MISSING}) {
            assertThatThrownBy(() -> store.copyTo(key, OutputStream.nullOutputStream(), ANY_SIZE, TIMEOUT))
                    .isInstanceOf(type);
            assertThatThrownBy(() -> store.stat(key, TIMEOUT)).isInstanceOf(type);
            assertThatThrownBy(() -> createBlob(store, key, new byte[] {2})).isInstanceOf(type);
            assertThatThrownBy(() -> store.delete(key, TIMEOUT)).isInstanceOf(type);
        }
        assertThatThrownBy(() -> store.list("", "", 10, TIMEOUT)).isInstanceOf(type);
        assertThatThrownBy(() -> store.list("nothing/here", "", 10, TIMEOUT)).isInstanceOf(type);
    }

    @Test
    default void afterAnOutageEverythingIsThereAndTheSameHandleWorks() {
        BlobVersion version = swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});
        createBlob(store(), BLOB, new byte[] {1});
        harness().becomeUnavailable();
        assertThatThrownBy(() -> PlainCalls.tryRead(store(), REGISTER)).isInstanceOf(StoreUnavailableException.class);

        harness().recover();

        assertThat(bytesOf(store(), REGISTER)).containsExactly(1);
        assertThat(bytesOf(store(), BLOB)).containsExactly(1);
        swap(store(), REGISTER, version, new byte[] {2});
    }
}
