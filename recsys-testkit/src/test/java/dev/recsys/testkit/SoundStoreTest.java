package dev.recsys.testkit;

/** The control of {@link BrokenStoresTest}: the store that the broken ones are made from passes every line. */
final class SoundStoreTest extends BlobStoreContract {
    @Override
    protected StoreHarness newHarness() {
        return new FaultyHarness(SoundStore::new, 20);
    }
}
