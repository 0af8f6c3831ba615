package dev.recsys.store.s3;

import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Creates a large blob in parts, each verified by S3, which become one object in one step, unless one is there. An upload
 * that does not get there is aborted; the parts of one that could not be aborted are left to the bucket's lifecycle rule.
 */
final class MultipartCreate {
    private static final int MAX_PARTS = 10_000;
    private static final Duration LONGEST_ABORT = Duration.ofSeconds(5);

    private final Bucket bucket;
    private final int partBytes;

    MultipartCreate(Bucket bucket, int partBytes) {
        this.bucket = bucket;
        this.partBytes = partBytes;
    }

    /** Returns whether S3 said that the object is there; otherwise it answered without saying so. */
    boolean run(BlobKey key, BlobSource source, Map<String, String> metadata, Deadline whole) {
        requireParts(key, source);
        Deadline deadline = whole.minus(abortTime(whole));
        String object = bucket.objectOf(key);
        String upload = bucket.ask(
                deadline,
                client -> client.createMultipartUpload(request -> request.bucket(bucket.name())
                                .key(object)
                                .metadata(metadata)
                                .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                                .overrideConfiguration(Requests.within(deadline)))
                        .uploadId());
        if (upload == null) {
            throw bucket.nonsense(deadline, "the answer was a success that names no upload");
        }
        boolean complete = false;
        try {
            List<CompletedPart> parts = uploadParts(object, upload, source, deadline);
            complete = complete(object, upload, parts, deadline);
            return complete;
        } finally {
            if (!complete) {
                abort(object, upload, whole);
            }
        }
    }

    private void requireParts(BlobKey key, BlobSource source) {
        if (source.sizeBytes() > (long) partBytes * MAX_PARTS) {
            throw new IllegalArgumentException(key + " has " + source.sizeBytes() + " bytes, which is more than "
                    + MAX_PARTS + " parts of " + partBytes + " bytes; open the store with larger parts");
        }
    }

    private static Duration abortTime(Deadline whole) {
        Duration tenth = whole.remaining().dividedBy(10);
        return tenth.compareTo(LONGEST_ABORT) < 0 ? tenth : LONGEST_ABORT;
    }

    private List<CompletedPart> uploadParts(String object, String upload, BlobSource source, Deadline deadline) {
        List<CompletedPart> parts = new ArrayList<>();
        byte[] part = new byte[partBytes];
        try (SourceReader reader = new SourceReader(source, deadline)) {
            while (!reader.isAtEnd()) {
                int length = reader.next(part);
                parts.add(uploadPart(object, upload, parts.size() + 1, new Part(part, length), deadline));
            }
        }
        return parts;
    }

    /** The first bytes of an array. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(byte[] bytes, int length) {}

    private CompletedPart uploadPart(String object, String upload, int number, Part part, Deadline deadline) {
        String checksum = Requests.checksumOf(part.bytes(), part.length());
        String etag = bucket.ask(
                deadline,
                client -> client.uploadPart(
                                request -> request.bucket(bucket.name())
                                        .key(object)
                                        .uploadId(upload)
                                        .partNumber(number)
                                        .checksumSHA256(checksum)
                                        .overrideConfiguration(Requests.within(deadline)),
                                Requests.bodyOf(part.bytes(), part.length()))
                        .eTag());
        if (etag == null) {
            throw bucket.nonsense(deadline, "the answer to part " + number + " was a success without an ETag");
        }
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(etag)
                .checksumSHA256(checksum)
                .build();
    }

    private boolean complete(String object, String upload, List<CompletedPart> parts, Deadline deadline) {
        return bucket.ask(
                        deadline,
                        client -> client.completeMultipartUpload(request -> request.bucket(bucket.name())
                                        .key(object)
                                        .uploadId(upload)
                                        .ifNoneMatch("*")
                                        .multipartUpload(all -> all.parts(parts))
                                        .overrideConfiguration(Requests.within(deadline)))
                                .eTag())
                != null;
    }

    /** Also makes sure that a completion whose answer was lost does not take effect later. */
    private void abort(String object, String upload, Deadline deadline) {
        boolean interrupted = Thread.interrupted(); // or it would be given up at once
        try {
            bucket.ask(
                    deadline,
                    client -> client.abortMultipartUpload(request -> request.bucket(bucket.name())
                            .key(object)
                            .uploadId(upload)
                            .overrideConfiguration(Requests.within(deadline))));
        } catch (SdkException | StoreUnavailableException e) {
            return; // what is reported is why it did not get there; the lifecycle rule removes the parts
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
