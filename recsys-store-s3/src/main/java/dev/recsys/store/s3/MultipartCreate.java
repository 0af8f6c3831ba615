package dev.recsys.store.s3;

import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
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

    /**
     * An upload that was begun.
     *
     * @param object what it will become
     * @param id its name at S3
     */
    private record Upload(String object, String id) {}

    /** Returns whether S3 said that the object is there; otherwise it answered without saying so. */
    boolean run(BlobKey key, BlobSource source, Map<String, String> metadata, Deadline whole) {
        requireParts(key, source);
        Deadline deadline = whole.minus(abortTime(whole));
        Upload upload = begin(bucket.objectOf(key), metadata, deadline);
        boolean complete = false;
        try {
            complete = complete(upload, uploadParts(upload, source, deadline), deadline);
            return complete;
        } finally {
            if (!complete) {
                abort(upload, whole);
            }
        }
    }

    private Upload begin(String object, Map<String, String> metadata, Deadline deadline) {
        String id = bucket.ask(
                deadline,
                client -> client.createMultipartUpload(request -> request.bucket(bucket.name())
                                .key(object)
                                .metadata(metadata)
                                .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                                .overrideConfiguration(Requests.within(deadline)))
                        .uploadId());
        if (id == null) {
            throw bucket.nonsense(deadline, "the answer was a success that names no upload");
        }
        return new Upload(object, id);
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

    private List<CompletedPart> uploadParts(Upload upload, BlobSource source, Deadline deadline) {
        List<CompletedPart> parts = new ArrayList<>();
        byte[] bytes = new byte[partBytes];
        try (SourceReader reader = new SourceReader(source, deadline)) {
            while (!reader.isAtEnd()) {
                Part part = new Part(parts.size() + 1, bytes, reader.next(bytes));
                parts.add(uploadPart(upload, part, deadline));
            }
        }
        return parts;
    }

    /**
     * What is sent at once.
     *
     * @param number from 1 on
     * @param bytes an array that begins with it
     * @param length how much of the array it is
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(int number, byte[] bytes, int length) {}

    private CompletedPart uploadPart(Upload upload, Part part, Deadline deadline) {
        String checksum = Requests.checksumOf(part.bytes(), part.length());
        String etag = bucket.ask(
                deadline,
                client -> client.uploadPart(
                                request -> request.bucket(bucket.name())
                                        .key(upload.object())
                                        .uploadId(upload.id())
                                        .partNumber(part.number())
                                        .checksumSHA256(checksum)
                                        .overrideConfiguration(Requests.within(deadline)),
                                Requests.bodyOf(part.bytes(), part.length()))
                        .eTag());
        if (etag == null) {
            throw bucket.nonsense(deadline, "the answer to part " + part.number() + " was a success without an ETag");
        }
        return CompletedPart.builder()
                .partNumber(part.number())
                .eTag(etag)
                .checksumSHA256(checksum)
                .build();
    }

    private boolean complete(Upload upload, List<CompletedPart> parts, Deadline deadline) {
        CompleteMultipartUploadResponse answer = bucket.ask(
                deadline,
                client -> client.completeMultipartUpload(request -> request.bucket(bucket.name())
                        .key(upload.object())
                        .uploadId(upload.id())
                        .ifNoneMatch("*")
                        .multipartUpload(all -> all.parts(parts))
                        .overrideConfiguration(Requests.within(deadline))));
        return answer.eTag() != null;
    }

    /** Also makes sure that a completion whose answer was lost does not take effect later. */
    private void abort(Upload upload, Deadline deadline) {
        boolean interrupted = Thread.interrupted(); // or it would be given up at once
        try {
            bucket.ask(
                    deadline,
                    client -> client.abortMultipartUpload(request -> request.bucket(bucket.name())
                            .key(upload.object())
                            .uploadId(upload.id())
                            .overrideConfiguration(Requests.within(deadline))));
        } catch (RuntimeException e) {
            return; // whatever it is, what is reported is why the upload came to this; the lifecycle rule remains
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
