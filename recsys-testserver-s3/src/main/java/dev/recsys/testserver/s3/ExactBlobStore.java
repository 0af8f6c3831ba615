package dev.recsys.testserver.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Makes a store that looks first and writes later, and that shows its temporary files, into one that does neither.
 *
 * <p>The condition of a write is decided and the write is done under a lock on the key; two writers of the store below can
 * both win. An object is looked up and opened under the same lock. A listing waits until no write is under way. Bodies are
 * received as a whole before any lock is taken: who stalls, holds up nobody.
 */
final class ExactBlobStore extends ForwardingBlobStore {
    private static final int LOCKS = 256;
    private static final String NOT_THE_CLIENTS = ".s3proxy-"; // how S3Proxy remembers an upload in parts

    private final ReentrantLock[] keys =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);
    // many writers, or one that lists
    private final ReentrantReadWriteLock writes = new ReentrantReadWriteLock(true);
    private final BiConsumer<String, byte[]> observer;

    /**
     * Tells an observer of every write that took effect, with {@code bucket/key} and the content, under the lock and before
     * the answer.
     */
    ExactBlobStore(BlobStore store, BiConsumer<String, byte[]> observer) {
        super(store);
        this.observer = observer;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
        byte[] bytes = wholeOf(body);
        PutObjectRequest unconditional =
                request.toBuilder().ifMatch(null).ifNoneMatch(null).build();
        return writing(request.bucket(), request.key(), () -> {
            requireCondition(request.bucket(), request.key(), request.ifMatch(), request.ifNoneMatch());
            PutObjectResponse stored = super.putBlob(unconditional, new ByteArrayInputStream(bytes));
            if (!request.key().startsWith(NOT_THE_CLIENTS)) {
                observer.accept(request.bucket() + "/" + request.key(), bytes.clone());
            }
            return stored;
        });
    }

    @Override
    public UploadPartResponse uploadMultipartPart(MultipartUpload upload, UploadPartRequest request, InputStream body) {
        byte[] bytes = wholeOf(body);
        return writing(
                upload.containerName(),
                upload.blobName(),
                () -> super.uploadMultipartPart(upload, request, new ByteArrayInputStream(bytes)));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadRequest unconditional =
                request.toBuilder().ifMatch(null).ifNoneMatch(null).build();
        return writing(upload.containerName(), upload.blobName(), () -> {
            requireCondition(upload.containerName(), upload.blobName(), request.ifMatch(), request.ifNoneMatch());
            CompleteMultipartUploadResponse stored = super.completeMultipartUpload(upload, unconditional);
            String object = upload.containerName() + "/" + upload.blobName();
            observer.accept(object, wholeOf(super.getBlob(upload.containerName(), upload.blobName())));
            return stored;
        });
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        return writing(request.bucket(), request.key(), () -> super.removeBlob(request));
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        return locked(keyLock(request.bucket(), request.key()), () -> super.getBlob(request));
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        return locked(keyLock(request.bucket(), request.key()), () -> super.blobMetadata(request));
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        return locked(writes.writeLock(), () -> super.list(request));
    }

    private static byte[] wholeOf(InputStream body) {
        try {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the body of a request did not arrive whole", e);
        }
    }

    private <T> T writing(String bucket, String key, Supplier<T> write) {
        return locked(writes.readLock(), () -> locked(keyLock(bucket, key), write));
    }

    private Lock keyLock(String bucket, String key) {
        return keys[Math.floorMod((bucket + '/' + key).hashCode(), LOCKS)];
    }

    private static <T> T locked(Lock lock, Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
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
