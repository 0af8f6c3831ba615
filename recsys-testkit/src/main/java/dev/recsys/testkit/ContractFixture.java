package dev.recsys.testkit;

import dev.recsys.store.BlobStore;

/** What the tests of every contract line start from. */
interface ContractFixture {
    StoreHarness harness();

    BlobStore store();

    BlobStore anotherEndpoint();
}
