package dev.recsys.store.s3;

import dev.recsys.testkit.BlobStoreContract;
import dev.recsys.testkit.StoreHarness;

/** The contract, over HTTP. */
final class S3BlobStoreTest extends BlobStoreContract {
    @Override
    protected StoreHarness newHarness() {
        System.setProperty("aws.accessKeyId", dev.recsys.testserver.s3.S3Server.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", dev.recsys.testserver.s3.S3Server.SECRET_KEY);
        return new S3Harness();
    }
}
