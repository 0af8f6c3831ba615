package dev.recsys.testserver.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * An S3 server on this machine that keeps everything in memory: for tests and local development.
 *
 * <p>It is S3Proxy, which speaks the protocol, checks signatures and checksums, and lists as S3 does. That conditional
 * writes are atomic here is the work of a lock in this module and proves nothing about S3; {@link #startWithoutLock}
 * leaves it out and lets two writers win now and then, as several imitations of S3 do.
 */
public final class S3Server implements AutoCloseable {
    /** The access key that it takes; no secret. */
    public static final String ACCESS_KEY = "recsys-local";

    /** The secret key that it takes; fixed, published and worth nothing. */
    public static final String SECRET_KEY = "recsys-local-secret";

    /** The region to sign for. */
    public static final String REGION = "us-east-1";

    private final S3Proxy proxy;
    private final BlobStore store;

    private S3Server(S3Proxy proxy, BlobStore store) {
        this.proxy = proxy;
        this.store = store;
    }

    /**
     * Starts a server whose conditional writes are atomic.
     *
     * @param port where it listens on 127.0.0.1; 0 for any that is free
     * @param buckets the empty buckets to begin with
     * @throws IllegalStateException if it cannot listen there
     */
    public static S3Server start(int port, List<String> buckets) {
        return start(port, buckets, (object, content) -> {});
    }

    /**
     * Starts a server whose conditional writes are atomic, and that tells of each write, before anybody else can know: tests
     * learn every value that an object ever had, in their order.
     *
     * @param observer gets {@code bucket/key} and the content of what was put or uploaded in parts, in the order in which
     *     the writes of one key took effect; a later reader or writer of that key waits for it
     */
    public static S3Server start(int port, List<String> buckets, BiConsumer<String, byte[]> observer) {
        return start(new ExactBlobStore(new TransientNio2BlobStore(), observer), port, buckets);
    }

    /** Starts a server that looks first and writes later, so that two writers can win; to show that this is noticed. */
    public static S3Server startWithoutLock(int port, List<String> buckets) {
        return start(new TransientNio2BlobStore(), port, buckets);
    }

    private static S3Server start(BlobStore store, int port, List<String> buckets) {
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        buckets.forEach(store::createContainer);
        try {
            proxy.start();
        } catch (Exception e) { // that is what it declares
            throw new IllegalStateException(
                    "no S3 server can be started at 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
        return new S3Server(proxy, store);
    }

    /** Returns where it listens, such as {@code http://127.0.0.1:9000}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** Returns what an object holds, past the protocol; empty if there is none. */
    public Optional<byte[]> contentOf(String bucket, String key) {
        try (InputStream content = store.getBlob(bucket, key)) {
            return content == null ? Optional.empty() : Optional.of(content.readAllBytes());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the object " + key + " of the bucket " + bucket + " cannot be read", e);
        }
    }

    /** Returns how many multipart uploads of a bucket were neither completed nor aborted. */
    public int openUploads(String bucket) {
        return store.listMultipartUploads(bucket).size();
    }

    /** Stops it and forgets everything. */
    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) { // that is what it declares
            throw new IllegalStateException("the S3 server at " + endpoint() + " cannot be stopped", e);
        }
    }
}
