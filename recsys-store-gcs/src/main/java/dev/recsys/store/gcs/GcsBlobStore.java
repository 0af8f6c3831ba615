package dev.recsys.store.gcs;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A blob store in a bucket of Google Cloud Storage, by its JSON API.
 *
 * <p>A register is one object, and a swap one upload on the condition of its generation, sent exactly once. The service
 * allows about one write a second to one object and refuses what is faster, which is a swap that was not sent. Reads,
 * listings, deletes and uploads of blobs are repeated while the failure may pass and there is time.
 *
 * <p>A read of what is new takes two requests, one for what there is and one for exactly that generation; a read that
 * finds nothing new takes one. Every content is compared with the checksum (crc32c) that the service keeps. A {@code
 * stat} has no SHA-256, for the service computes none.
 *
 * <p>The bucket needs uniform access and nothing that deletes or keeps objects by age: no lifecycle rule and no retention
 * policy. Object versioning and soft delete do no harm.
 */
public final class GcsBlobStore implements BlobStore {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final BucketAddress address;
    private final BucketObjects objects;
    private final Calls calls;
    private final Content content;
    private final Optional<Storage> owned;
    private final AtomicBoolean closed = new AtomicBoolean();

    private GcsBlobStore(Storage client, BucketAddress address, boolean owned, Pauses pauses) {
        this.address = address;
        this.objects = new BucketObjects(client, address);
        this.calls = new Calls(newExecutor(), pauses);
        this.content = new Content(objects, calls);
        this.owned = owned ? Optional.of(client) : Optional.empty();
    }

    /**
     * Opens the store in a bucket without a request, with the application default credentials of the environment.
     *
     * @param address {@code gs://BUCKET[/PREFIX][?endpoint=http(s)://HOST[:PORT]]}; no credentials go to an endpoint of
     *     plain http
     * @throws IllegalArgumentException if it is not of that form
     */
    public static GcsBlobStore at(URI address) {
        return at(address, pauses());
    }

    static GcsBlobStore at(URI uri, Pauses pauses) {
        BucketAddress address = BucketAddress.parse(uri);
        return new GcsBlobStore(newClient(address), address, true, pauses);
    }

    /**
     * Opens the store in a bucket without a request, over a client that stays the caller's and is never closed. Its
     * credentials, transport and endpoint are used; its retries only for uploads in chunks.
     *
     * @param prefix where in the bucket; empty for the whole of it
     * @throws IllegalArgumentException if the client does not speak HTTP and JSON, or bucket or prefix cannot be
     */
    public static GcsBlobStore over(Storage client, String bucket, String prefix) {
        return over(client, BucketAddress.of(bucket, prefix), pauses());
    }

    static GcsBlobStore over(Storage client, BucketAddress address, Pauses pauses) {
        return new GcsBlobStore(client, address, false, pauses);
    }

    private static Pauses pauses() {
        return new Pauses(
                pause -> Thread.sleep(pause.toMillis()),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    private static Storage newClient(BucketAddress address) {
        Credentials credentials = address.isPlain() ? NoCredentials.getInstance() : LateCredentials.ofTheEnvironment();
        HttpStorageOptions.Builder options = StorageOptions.http()
                .setProjectId("unused") // else it is looked for, by requests; no call of this store is about a project
                .setCredentials(credentials)
                .setRetrySettings(retriesOfChunks())
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setHttpTransportFactory(NetHttpTransport::new)
                        .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                        .setReadTimeout((int) READ_TIMEOUT.toMillis())
                        .build());
        address.endpoint().ifPresent(endpoint -> options.setHost(endpoint.toString()));
        return options.build().getService();
    }

    private static RetrySettings retriesOfChunks() {
        return StorageOptions.getDefaultRetrySettings().toBuilder()
                .setInitialRetryDelayDuration(Duration.ofMillis(200))
                .setMaxRetryDelayDuration(Duration.ofSeconds(2))
                .build();
    }

    private static ExecutorService newExecutor() {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "recsys-gcs-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns the bucket as a URI, such as {@code gs://releases/prod}. */
    @Override
    public String location() {
        return address.toString();
    }

    @Override
    public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
        Deadline deadline = start("reading " + key, timeout);
        try {
            return new Reading(content, calls).read(key, unless, maxBytes, deadline);
        } catch (Failure e) {
            throw e.toException(deadline.what());
        }
    }

    @Override
    public boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout) {
        Deadline deadline = start("copying " + key, timeout);
        requireBlob(key);
        try {
            return new Reading(content, calls).copyTo(key, out, maxBytes, deadline);
        } catch (Failure e) {
            throw e.toException(deadline.what());
        }
    }

    @Override
    public CreateResult create(BlobKey key, BlobSource source, Duration timeout) {
        Deadline deadline = start("creating " + key, timeout);
        requireBlob(key);
        try {
            return new Creating(objects, calls).create(key, source, deadline);
        } catch (Failure e) {
            throw e.toException(deadline.what());
        }
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key, Duration timeout) {
        Deadline deadline = start("looking for " + key, timeout);
        requireBlob(key);
        try {
            Optional<Stored> found = new Reading(content, calls).find(key, deadline);
            return found.map(stored -> new BlobStat(stored.sizeBytes(), Optional.empty()));
        } catch (Failure e) {
            throw e.toException(deadline.what());
        }
    }

    @Override
    public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
        Deadline deadline = start("swapping " + register, timeout);
        if (!register.isRegister()) {
            throw new IllegalArgumentException(register + " is a blob and never changes; only a register, whose last "
                    + "segment is '" + BlobKey.REGISTER + "', can be swapped");
        }
        if (body.length > Swapping.MAX_BODY_BYTES) {
            throw new IllegalArgumentException("the body for " + register + " has " + body.length
                    + " bytes; a register takes at most " + Swapping.MAX_BODY_BYTES);
        }
        return new Swapping(objects, content, calls).compareAndSet(register, expected, body.clone(), deadline);
    }

    @Override
    public List<BlobKey> list(String prefix, String after, int limit, Duration timeout) {
        Deadline deadline = start("listing '" + prefix + "'", timeout);
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + "; expected at least 1");
        }
        try {
            return new Listing(objects, calls).list(prefix, after, limit, deadline);
        } catch (Failure e) {
            throw e.toException(deadline.what());
        }
    }

    @Override
    public void delete(BlobKey key, Duration timeout) {
        Deadline deadline = start("deleting " + key, timeout);
        requireBlob(key);
        try {
            calls.repeating(deadline, () -> {
                boolean deleted = calls.once(deadline, () -> objects.delete(key));
                if (!deleted) {
                    content.requireBucket(deadline);
                }
                return deleted;
            });
        } catch (Failure e) {
            throw e.toException(deadline.what());
        }
    }

    /** Ends the use of this handle, and of the client if the store opened it. Waits for nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        calls.close();
        owned.ifPresent(GcsBlobStore::close);
    }

    private static void close(Storage client) {
        try {
            client.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("the client library failed to close its client", e);
        }
    }

    private Deadline start(String what, Duration timeout) {
        if (closed.get()) {
            throw new IllegalStateException("this handle on " + location() + " is closed; open another one");
        }
        return Deadline.of(what + " in " + location(), timeout, System::nanoTime);
    }

    private static void requireBlob(BlobKey key) {
        if (key.isRegister()) {
            throw new IllegalArgumentException(key + " is a register: only read and compareAndSet take it");
        }
    }
}
