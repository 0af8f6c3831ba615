package dev.recsys.store.s3;

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
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A blob store in a general purpose bucket of S3, or of a server that speaks its protocol and keeps its promises: strongly
 * consistent reads, and conditional writes that are decided and done in one step.
 *
 * <p>A key is the object {@code prefix/key}. A register is one object that changes by {@code PutObject} with {@code
 * If-None-Match: *} or {@code If-Match}, sent once. Blobs are created with {@code If-None-Match: *}, large ones in parts.
 * Every body is sent with its SHA-256, which S3 compares before it stores anything. An object that was put at once keeps
 * that digest, and {@link #stat} returns it; of one in parts S3 has a digest of digests only, and {@code stat} has none.
 *
 * <p>Not every server that speaks the protocol decides and writes in one step; {@code recsys doctor} tells. Directory
 * buckets and multi-region access points are refused by their names.
 *
 * <p>Credentials come from where the SDK looks for them: the environment, system properties, the profile, the machine's
 * role. They are in no URI, location or message.
 */
public final class S3BlobStore implements BlobStore {
    private final Place place;
    private final Clients clients;
    private final Reading reading;
    private final Creating creating;
    private final Registers registers;
    private final Listing listing;
    private final Deleting deleting;
    private final Calls calls = new Calls();
    private final AtomicBoolean closed = new AtomicBoolean();

    private S3BlobStore(Place place, Clients clients, int partBytes) {
        this.place = place;
        this.clients = clients;
        Bucket bucket = new Bucket(place, clients.others(), calls);
        this.reading = new Reading(bucket);
        this.creating = new Creating(bucket, partBytes, UUID::randomUUID);
        this.registers = new Registers(new Bucket(place, clients.swaps(), calls));
        this.listing = new Listing(bucket);
        this.deleting = new Deleting(bucket);
    }

    /**
     * Opens the store at a URI such as {@code s3://bucket/prefix?region=eu-central-1}, without asking the server anything.
     * With {@code &endpoint=http://127.0.0.1:9000} it is another server than that of AWS, with the bucket in the path.
     *
     * @throws IllegalArgumentException if the URI is not of that form, holds credentials, or no region is known
     */
    public static S3BlobStore at(URI uri) {
        return builder(uri).build();
    }

    /** Begins a store at a URI, to be opened with other settings than the usual ones. */
    public static Builder builder(URI uri) {
        return new Builder(Place.of(uri), Optional.empty());
    }

    /**
     * Begins a store that uses the caller's client, which is never closed. Whatever its settings are, a compare-and-set is
     * sent once: the SDK's retries are switched off for it. What lies below the SDK is the caller's affair: an HTTP client
     * of one's own must not repeat a request, and cross-region access must be off.
     *
     * @param client of the bucket's region
     * @param bucket a general purpose bucket
     * @param prefix what every object's key begins with; empty for the whole bucket
     */
    public static Builder over(S3Client client, String bucket, String prefix) {
        Optional<URI> endpoint = client.serviceClientConfiguration().endpointOverride();
        return new Builder(new Place(bucket, prefix, Optional.empty(), endpoint), Optional.of(client));
    }

    /** Opens a store with settings that differ from the usual ones. */
    public static final class Builder {
        private static final int DEFAULT_PART_BYTES = 16 * 1024 * 1024;
        private static final int MIN_PART_BYTES = 5 * 1024 * 1024; // S3 takes no smaller ones
        private static final int MAX_PART_BYTES = 1024 * 1024 * 1024;

        private final Place place;
        private final Optional<S3Client> client;
        private int partBytes = DEFAULT_PART_BYTES;

        private Builder(Place place, Optional<S3Client> client) {
            this.place = place;
            this.client = client;
        }

        /**
         * Sets from which size on a blob is created in parts, and how large a part is: 5 MiB to 1 GiB, by default 16 MiB.
         * A create holds one part in memory.
         */
        public Builder partBytes(int bytes) {
            if (bytes < MIN_PART_BYTES || bytes > MAX_PART_BYTES) {
                throw new IllegalArgumentException(
                        "a part has " + bytes + " bytes; expected " + MIN_PART_BYTES + " to " + MAX_PART_BYTES);
            }
            this.partBytes = bytes;
            return this;
        }

        /**
         * Opens the store, without asking the server anything.
         *
         * @throws IllegalArgumentException if no region is known
         */
        public S3BlobStore build() {
            return new S3BlobStore(place, client.map(Clients::of).orElseGet(() -> Clients.open(place)), partBytes);
        }
    }

    /** Returns the bucket and the prefix as a URI, such as {@code s3://bucket/prefix}. */
    @Override
    public String location() {
        return place.toString();
    }

    @Override
    public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
        return reading.read(key, unless, maxBytes, start("reading " + key, timeout));
    }

    @Override
    public boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout) {
        Deadline deadline = start("copying " + key, timeout);
        requireBlob(key);
        return reading.copyTo(key, out, maxBytes, deadline);
    }

    @Override
    public CreateResult create(BlobKey key, BlobSource source, Duration timeout) {
        Deadline deadline = start("creating " + key, timeout);
        requireBlob(key);
        return creating.create(key, source, deadline);
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key, Duration timeout) {
        Deadline deadline = start("looking for " + key, timeout);
        requireBlob(key);
        return reading.stat(key, deadline);
    }

    @Override
    public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
        Deadline deadline = start("swapping " + register, timeout);
        if (!register.isRegister()) {
            throw new IllegalArgumentException(register + " is a blob and never changes; only a register, whose last "
                    + "segment is '" + BlobKey.REGISTER + "', can be swapped");
        }
        if (body.length > Registers.MAX_BODY_BYTES) {
            throw new IllegalArgumentException("the body for " + register + " has " + body.length
                    + " bytes; a register takes at most " + Registers.MAX_BODY_BYTES);
        }
        return registers.compareAndSet(register, expected, body.clone(), deadline);
    }

    @Override
    public List<BlobKey> list(String prefix, String after, int limit, Duration timeout) {
        Deadline deadline = start("listing '" + prefix + "'", timeout);
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + "; expected at least 1");
        }
        return listing.list(prefix, after, limit, deadline);
    }

    @Override
    public void delete(BlobKey key, Duration timeout) {
        Deadline deadline = start("deleting " + key, timeout);
        requireBlob(key);
        deleting.delete(key, deadline);
    }

    /** Closes the clients that this store opened; the caller's stays open. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            calls.close();
            clients.close();
        }
    }

    private Deadline start(String what, Duration timeout) {
        if (closed.get()) {
            throw new IllegalStateException("this handle on " + location() + " is closed; open another one");
        }
        return Deadline.of(what, timeout, System::nanoTime);
    }

    private static void requireBlob(BlobKey key) {
        if (key.isRegister()) {
            throw new IllegalArgumentException(key + " is a register: only read and compareAndSet take it");
        }
    }
}
