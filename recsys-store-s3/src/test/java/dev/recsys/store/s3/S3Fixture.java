package dev.recsys.store.s3;

import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import dev.recsys.testserver.FaultyProxy;
import dev.recsys.testserver.WireRequest;
import dev.recsys.testserver.s3.S3Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** A server, a wire before it, and a store at its end. */
abstract class S3Fixture {
    static final BlobKey REGISTER = BlobKey.of("acme", "home", "current");
    static final BlobKey BLOB = BlobKey.of("acme", "home", "artifacts", "popularity", "0a1b-tx.bin");
    static final Duration AMPLE = Duration.ofSeconds(60);

    private final S3Harness harness = new S3Harness();
    private S3BlobStore store;

    @BeforeEach
    final void open() {
        store = newStore();
    }

    @AfterEach
    final void close() {
        store.close();
        harness.close();
    }

    /** Opens the store to test. */
    S3BlobStore newStore() {
        return S3Harness.storeAt(wire().endpoint());
    }

    final S3BlobStore store() {
        return store;
    }

    final FaultyProxy wire() {
        return harness.wire();
    }

    final S3Server server() {
        return harness.server();
    }

    /** Returns the methods of the requests since the last look. */
    final List<String> methods() {
        List<String> methods =
                wire().requests().stream().map(WireRequest::method).toList();
        wire().clearRequests();
        return methods;
    }

    /** Begins a client as somebody builds it who takes the SDK as it comes. */
    final S3ClientBuilder plainClient() {
        return S3Client.builder()
                .endpointOverride(wire().endpoint())
                .forcePathStyle(true)
                .region(Region.of(S3Server.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)));
    }

    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    final BlobVersion swap(BlobVersion expected, String body) {
        return ((SwapResult.Applied)
                        store.compareAndSet(REGISTER, expected, body.getBytes(StandardCharsets.UTF_8), AMPLE))
                .version();
    }

    final Blob read(BlobKey key) {
        return ((ReadResult.Found) store.read(key, BlobVersion.ABSENT, 1 << 30, AMPLE)).blob();
    }
}
