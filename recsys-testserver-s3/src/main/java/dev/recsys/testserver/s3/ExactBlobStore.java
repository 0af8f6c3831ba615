package dev.recsys.testserver.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Decides the condition of a write and writes in one step, by a lock on the key. The store below looks first and writes
 * later, so that two writers can win. A body is received as a whole before the lock is taken: who stalls, holds up nobody.
 */
final class ExactBlobStore extends ForwardingBlobStore {
    private static final int LOCKS = 256;

    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

    ExactBlobStore(BlobStore store) {
        super(store);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
        byte[] bytes = wholeOf(body);
        PutObjectRequest unconditional =
                request.toBuilder().ifMatch(null).ifNoneMatch(null).build();
        return locked(request.bucket(), request.key(), () -> {
            requireCondition(request.bucket(), request.key(), request.ifMatch(), request.ifNoneMatch());
            return super.putBlob(unconditional, new ByteArrayInputStream(bytes));
        });
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadRequest unconditional =
                request.toBuilder().ifMatch(null).ifNoneMatch(null).build();
        return locked(upload.containerName(), upload.blobName(), () -> {
            requireCondition(upload.containerName(), upload.blobName(), request.ifMatch(), request.ifNoneMatch());
            return super.completeMultipartUpload(upload, unconditional);
        });
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        return locked(request.bucket(), request.key(), () -> super.removeBlob(request));
    }

    private static byte[] wholeOf(InputStream body) {
        try {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the body of a request did not arrive whole", e);
        }
    }

    private <T> T locked(String bucket, String key, Supplier<T> write) {
        ReentrantLock lock = locks[Math.floorMod(Arrays.hashCode(new String[] {bucket, key}), LOCKS)];
        lock.lock();
        try {
            return write.get();
        } finally {
            lock.unlock();
        }
    }

    /** Answers as S3 does: 412 if the condition does not hold, 404 if a version is named of what is not there. */
    private void requireCondition(String bucket, String key, @Nullable String match, @Nullable String noneMatch) {
        if (match == null && noneMatch == null) {
            return;
        }
        @Nullable String found = etagOf(bucket, key);
        if (match != null && found == null) {
            throw S3Exceptions.noSuchKey(bucket, key, "no object has the ETag " + match);
        }
        boolean matches = match == null || bare(match).equals(found);
        boolean noneMatches = noneMatch == null
                || found == null
                || !(noneMatch.equals("*") || bare(noneMatch).equals(found));
        if (!matches || !noneMatches) {
            throw S3Exceptions.preconditionFailed(null);
        }
    }

    private @Nullable String etagOf(String bucket, String key) {
        try {
            HeadObjectResponse head = blobMetadata(bucket, key);
            return head == null ? null : bare(head.eTag());
        } catch (NoSuchKeyException e) {
            return null;
        }
    }

    private static String bare(String etag) {
        return etag.replace("\"", "");
    }
}
