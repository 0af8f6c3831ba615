package dev.recsys.store.fs;

import dev.recsys.testkit.BlobStoreContract;
import dev.recsys.testkit.StoreHarness;

/** The contract, durability included, on a disk that loses what was not synced. */
final class SimulatedDiskContractTest extends BlobStoreContract {
    @Override
    protected StoreHarness newHarness() {
        return new SimulatedDiskHarness(SimulatedDisk.honest());
    }
}
