package dev.recsys.testkit;

import dev.recsys.store.BlobStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of {@link BlobStore} as tests, at least one for each of its lines. A store passes it by a subclass that
 * says how to set up a storage; a test that a store cannot run is overridden there with {@code @Disabled} and the reason.
 *
 * <pre>{@code
 * final class MyBlobStoreTest extends BlobStoreContract {
 *   @Override protected StoreHarness newHarness() { return MyBlobStore::open; }
 * }
 * }</pre>
 */
@Timeout(300)
public abstract class BlobStoreContract
        implements LinearizableLine,
                AtomicVisibilityLine,
                OneWinnerLine,
                VersionLine,
                OneAttemptLine,
                OutcomeLine,
                OutageLine,
                CreateLine,
                ReadLine,
                DurabilityLine,
                DeleteAndListLine,
                LifecycleLine {
    private final List<BlobStore> endpoints = new CopyOnWriteArrayList<>();
    private StoreHarness harness;
    private BlobStore store;

    /** For subclasses. */
    protected BlobStoreContract() {}

    /** Sets up an empty storage for one test. */
    protected abstract StoreHarness newHarness() throws Exception;

    @BeforeEach
    final void setUpStorage() throws Exception {
        harness = newHarness();
        store = anotherEndpoint();
    }

    @AfterEach
    final void removeStorage() {
        endpoints.forEach(BlobStore::close);
        harness.close();
    }

    /** Returns this test's storage. */
    @Override
    public final StoreHarness harness() {
        return harness;
    }

    /** Returns an endpoint that is open during the whole test. */
    @Override
    public final BlobStore store() {
        return store;
    }

    /** Opens another endpoint, which is closed after the test. */
    @Override
    public final BlobStore anotherEndpoint() {
        BlobStore endpoint = harness.open();
        endpoints.add(endpoint);
        return endpoint;
    }
}
