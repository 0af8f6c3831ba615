package dev.recsys.store.s3;

import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Reads objects, and what is known of them. The SDK tries again until the first byte has come, and not after it. */
final class Reading {
    private final Bucket bucket;

    Reading(Bucket bucket) {
        this.bucket = bucket;
    }

    ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Deadline deadline) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GetObjectRequest.Builder request = get(key, deadline);
        if (!unless.equals(BlobVersion.ABSENT)) {
            request.ifNoneMatch(unless.token());
        }
        Optional<GetObjectResponse> head;
        try {
            head = receive(request, new Received(bytes, maxBytes, deadline), deadline);
        } catch (SdkException e) {
            if (Answer.of(e) == Answer.NOT_MODIFIED && !unless.equals(BlobVersion.ABSENT)) {
                return new ReadResult.NotModified();
            }
            throw bucket.failure(deadline, e);
        }
        if (head.isEmpty()) {
            return new ReadResult.Absent();
        }
        BlobVersion version = Requests.versionOf(head.get().eTag()).orElseThrow(); // or it would not have been received
        // a server that does not look at the condition sends the body all the same
        return version.equals(unless)
                ? new ReadResult.NotModified()
                : new ReadResult.Found(new Blob(bytes.toByteArray(), version));
    }

    boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Deadline deadline) {
        try {
            return receive(get(key, deadline), new Received(out, maxBytes, deadline), deadline)
                    .isPresent();
        } catch (SdkException e) {
            throw bucket.failure(deadline, e);
        }
    }

    private GetObjectRequest.Builder get(BlobKey key, Deadline deadline) {
        return GetObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.objectOf(key))
                .checksumMode(ChecksumMode.ENABLED) // the SDK compares then
                .overrideConfiguration(Requests.within(deadline));
    }

    /** Returns the answer's head after its whole body was received; empty if there is no such object. */
    private Optional<GetObjectResponse> receive(
            GetObjectRequest.Builder request, Received received, Deadline deadline) {
        try {
            GetObjectResponse head = bucket.ask(deadline, client -> client.getObject(request.build(), received));
            received.requireWhole();
            return Optional.of(head);
        } catch (SdkException e) {
            if (Answer.of(e) == Answer.NO_SUCH_KEY) {
                return Optional.empty();
            }
            throw e;
        } finally {
            received.stop();
        }
    }

    Optional<BlobStat> stat(BlobKey key, Deadline deadline) {
        return head(key, deadline).map(head -> new BlobStat(head.contentLength(), Requests.digestOf(head)));
    }

    private HeadObjectResponse whole(HeadObjectResponse head, Deadline deadline) {
        if (head.contentLength() == null || Requests.versionOf(head.eTag()).isEmpty()) {
            throw bucket.nonsense(deadline, "the answer was a success without a length or an ETag");
        }
        return head;
    }

    /** Returns what S3 says of an object; empty if it says with authority that there is none. */
    Optional<HeadObjectResponse> head(BlobKey key, Deadline deadline) {
        try {
            HeadObjectResponse head = bucket.ask(
                    deadline,
                    client -> client.headObject(request -> request.bucket(bucket.name())
                            .key(bucket.objectOf(key))
                            .checksumMode(ChecksumMode.ENABLED)
                            .overrideConfiguration(Requests.within(deadline))));
            return Optional.of(whole(head, deadline));
        } catch (SdkException e) {
            if (isNotFound(e) && isAbsent(key, deadline)) {
                return Optional.empty();
            }
            throw bucket.failure(deadline, e);
        }
    }

    /** The code does not matter: a HEAD is answered without one, and the SDK then makes one up. */
    private static boolean isNotFound(SdkException failure) {
        return failure instanceof AwsServiceException answer && answer.statusCode() == HttpStatusCode.NOT_FOUND;
    }

    /** Asks again in a way that is answered with a reason: a HEAD has no body that could say what is missing. */
    private boolean isAbsent(BlobKey key, Deadline deadline) {
        try {
            GetObjectRequest request = get(key, deadline).range("bytes=0-0").build();
            bucket.ask(
                    deadline,
                    client -> client.getObject(request, (head, body) -> {
                        body.abort();
                        return head;
                    }));
            return false;
        } catch (SdkException e) {
            if (Answer.of(e) == Answer.NO_SUCH_KEY) {
                return true;
            }
            throw bucket.failure(deadline, e);
        }
    }
}
