package dev.recsys.proofs.kill;

import dev.recsys.proofs.wire.Cloud;
import dev.recsys.store.BlobKey;
import java.net.URI;
import java.util.Optional;

/** A store at a server in this process, which tells of every write when it takes effect. */
final class CloudGround implements Ground {
    private final Cloud cloud;

    CloudGround(Cloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public URI address() {
        return cloud.addressAt(cloud.endpoint());
    }

    @Override
    public Optional<byte[]> value(BlobKey register, long number) {
        return cloud.value(register, number);
    }

    @Override
    public Optional<byte[]> content(BlobKey key) {
        return cloud.content(key);
    }

    @Override
    public String leftovers() {
        return "nothing that is no object can be left by killed writers"; // no artifact is so large that it goes in
        // parts
    }

    @Override
    public void close() {
        cloud.close();
    }
}
