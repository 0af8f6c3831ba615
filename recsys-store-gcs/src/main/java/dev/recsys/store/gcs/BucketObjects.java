package dev.recsys.store.gcs;

import com.google.api.gax.paging.Page;
import com.google.cloud.ReadChannel;
import com.google.cloud.ServiceOptions;
import com.google.cloud.WriteChannel;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageOptions;
import dev.recsys.store.BlobKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The requests that this store makes, each a single attempt but for uploads in chunks. May wait for the network. */
final class BucketObjects {
    private static final String CONTENT_TYPE = "application/octet-stream";
    private static final String NOT_CACHED = "no-store"; // else objects of a public bucket are cached for an hour

    private final Storage once;
    private final Storage resuming;
    private final BucketAddress address;

    /** Derives a client of single attempts from a client, which is used as it is for uploads in chunks alone. */
    BucketObjects(Storage given, BucketAddress address) {
        this.once = singleAttempts(given.getOptions());
        this.resuming = given;
        this.address = address;
    }

    private static Storage singleAttempts(StorageOptions given) {
        if (!(given instanceof HttpStorageOptions http)
                || !(given.getTransportOptions() instanceof HttpTransportOptions transport)) {
            throw new IllegalArgumentException(
                    "the client is not one of HTTP and JSON, the only transport of which it is"
                            + " known how often it sends a swap; build it with StorageOptions.http()");
        }
        return http.toBuilder()
                .setRetrySettings(ServiceOptions.getNoRetrySettings())
                .setStorageRetryStrategy(new NeverAgain())
                .setTransportOptions(new OneAttempt(transport))
                .build()
                .getService();
    }

    BucketAddress address() {
        return address;
    }

    private BlobId idOf(BlobKey key) {
        return BlobId.of(address.bucket(), address.root() + key.path());
    }

    private BlobInfo.Builder infoOf(BlobKey key, Checksum content) {
        return BlobInfo.newBuilder(idOf(key))
                .setContentType(CONTENT_TYPE)
                .setCacheControl(NOT_CACHED)
                .setCrc32c(content.crc32c());
    }

    /** Returns what is there unless it has a generation; empty after a 404, which may also mean that there is no bucket. */
    Optional<Stored> find(BlobKey key, OptionalLong unless) throws Failure {
        BlobGetOption[] condition = unless.isPresent()
                ? new BlobGetOption[] {BlobGetOption.generationNotMatch(unless.getAsLong())}
                : new BlobGetOption[0];
        Blob blob = once.get(idOf(key), condition);
        return blob == null ? Optional.empty() : Optional.of(Stored.of(blob));
    }

    /** Opens the content of exactly one generation, in one request that begins with the first read. */
    ReadChannel read(BlobKey key, Stored stored) {
        BlobId id = idOf(key);
        ReadChannel channel = once.reader(BlobId.of(id.getBucket(), id.getName(), stored.generation()));
        channel.setChunkSize(0); // no buffer but the reader's
        return channel;
    }

    /** Stores content in one request if the generation is the expected one, 0 for none. */
    Stored write(BlobKey key, byte[] bytes, Checksum content, long expectedGeneration) throws Failure {
        Blob blob = once.create(
                infoOf(key, content).build(),
                bytes,
                BlobTargetOption.generationMatch(expectedGeneration),
                BlobTargetOption.disableGzipContent());
        Stored stored = Stored.of(blob);
        if (!stored.holds(content)) {
            throw Failure.unreadable("the service answered 200 and told of other content than was sent");
        }
        return stored;
    }

    /** Begins an upload in chunks, of an object that must not exist and must have this content in the end. */
    WriteChannel beginChunks(BlobKey key, Checksum content, int chunkBytes) {
        WriteChannel channel = resuming.writer(
                infoOf(key, content).build(), BlobWriteOption.doesNotExist(), BlobWriteOption.crc32cMatch());
        channel.setChunkSize(chunkBytes);
        return channel;
    }

    /** Deletes an object; false after a 404, which may also mean that there is no bucket. */
    boolean delete(BlobKey key) {
        return once.delete(idOf(key));
    }

    /** Asks for the bucket in the one way that every role which reads allows; fails with a 404 if there is none. */
    void touchBucket() {
        once.list(address.bucket(), BlobListOption.prefix(address.root()), BlobListOption.pageSize(1));
    }

    /** Says what {@link #touchBucket} asks, and whom. */
    String bucketRequest() {
        return "asked for the bucket '" + address.bucket() + "' at "
                + once.getOptions().getHost();
    }

    /**
     * A page of a listing.
     *
     * @param paths the names after the store's root
     * @param token how to get the next page; empty at the last one
     */
    record Names(List<String> paths, Optional<String> token) {}

    /** Lists the names from a start on, in the order of their UTF-8 bytes. */
    Names list(String prefix, String start, int limit, Optional<String> token) {
        List<BlobListOption> options = new ArrayList<>(List.of(
                BlobListOption.prefix(address.root() + prefix),
                BlobListOption.pageSize(limit),
                BlobListOption.fields(Storage.BlobField.NAME)));
        if (!start.isEmpty()) {
            options.add(BlobListOption.startOffset(address.root() + start));
        }
        token.ifPresent(value -> options.add(BlobListOption.pageToken(value)));
        Page<Blob> page = once.list(address.bucket(), options.toArray(new BlobListOption[0]));
        List<String> paths = new ArrayList<>();
        for (Blob blob : page.getValues()) {
            paths.add(blob.getName().substring(address.root().length()));
        }
        return new Names(paths, Optional.ofNullable(page.getNextPageToken()).filter(next -> !next.isEmpty()));
    }
}
