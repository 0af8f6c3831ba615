package dev.recsys.store.s3;

import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.SwapResult;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The compare-and-set: one PUT with a condition, sent once, and what its answer means. */
final class Registers {
    /** The longest body that a register takes. */
    static final int MAX_BODY_BYTES = 64 * 1024;

    private final Bucket bucket;

    Registers(Bucket bucket) {
        this.bucket = bucket;
    }

    SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Deadline deadline) {
        OneAttempt attempt = new OneAttempt();
        try {
            PutObjectRequest request = request(register, expected, body)
                    .overrideConfiguration(Requests.within(deadline).toBuilder()
                            .addPlugin(attempt)
                            .build())
                    .build();
            String etag = bucket.ask(
                    deadline,
                    client -> client.putObject(request, Requests.bodyOf(body, body.length))
                            .eTag());
            Optional<BlobVersion> version = Requests.versionOf(etag);
            return version.isPresent()
                    ? new SwapResult.Applied(version.get())
                    : new SwapResult.Unknown(bucket.nonsense(deadline, "the answer was a success without an ETag"));
        } catch (StoreUnavailableException e) { // there was no time to begin, or the answer was not awaited
            return attempt.callOff() ? new SwapResult.NotSent(e) : new SwapResult.Unknown(e);
        } catch (SdkException e) {
            return outcomeOf(e, expected, deadline, attempt);
        } catch (RuntimeException e) { // whatever it is, it must not hide that something was sent
            if (attempt.callOff()) {
                throw e;
            }
            return new SwapResult.Unknown(e);
        }
    }

    private PutObjectRequest.Builder request(BlobKey register, BlobVersion expected, byte[] body) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.objectOf(register))
                .checksumSHA256(Requests.checksumOf(body, body.length));
        return expected.equals(BlobVersion.ABSENT) ? request.ifNoneMatch("*") : request.ifMatch(expected.token());
    }

    private SwapResult outcomeOf(SdkException failure, BlobVersion expected, Deadline deadline, OneAttempt attempt) {
        Throwable cause = bucket.failure(deadline, failure);
        if (attempt.callOff()) {
            return new SwapResult.NotSent(cause);
        }
        return switch (Answer.of(failure)) {
            case CONDITION_FAILED -> new SwapResult.Mismatch();
            // an object that must have a version has none; that says nothing where none was named
            case NO_SUCH_KEY ->
                expected.equals(BlobVersion.ABSENT) ? new SwapResult.Unknown(cause) : new SwapResult.Mismatch();
            case NO_SUCH_BUCKET, DENIED, TOO_FAST, TURNED_AWAY, NEVER_LEFT -> new SwapResult.NotSent(cause);
            case NOT_MODIFIED, CONFLICT, NO_SUCH_UPLOAD, NOT_FOUND_BY_ANYBODY, UNCLEAR -> new SwapResult.Unknown(cause);
        };
    }
}
