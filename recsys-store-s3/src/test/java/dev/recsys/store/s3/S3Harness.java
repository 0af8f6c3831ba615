package dev.recsys.store.s3;

import dev.recsys.store.BlobStore;
import dev.recsys.testkit.StoreHarness;
import dev.recsys.testserver.s3.S3Server;
import java.net.URI;

/** A store in a bucket of a server of its own. */
final class S3Harness implements StoreHarness {
    private final S3Server server = S3Server.start(0, java.util.List.of("recsys"));

    @Override
    public BlobStore open() {
        return S3BlobStore.at(URI.create("s3://recsys/some/prefix?endpoint=" + server.endpoint()));
    }

    @Override
    public void close() {
        server.close();
    }
}
