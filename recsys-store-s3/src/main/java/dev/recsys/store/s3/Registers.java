package dev.recsys.store.s3;

import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.SwapResult;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The compare-and-set: one PUT with a condition, sent once, and what its answer means. */
final class Registers {
    /** The longest body that a register takes. */
    static final int MAX_BODY_BYTES = 64 * 1024;

    private final Place place;
    private final S3Client client;
    private final Failures failures;

    Registers(Place place, S3Client client) {
        this.place = place;
        this.client = client;
        this.failures = new Failures(place);
    }

    SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Deadline deadline) {
        OneAttempt attempt = new OneAttempt();
        try {
            String etag = client.putObject(
                            request(register, expected, body, deadline, attempt), Requests.bodyOf(body, body.length))
                    .eTag();
            Optional<BlobVersion> version = Requests.versionOf(etag);
            return version.isPresent()
                    ? new SwapResult.Applied(version.get())
                    : new SwapResult.Unknown(failures.nonsense(deadline, "the answer was a success without an ETag"));
        } catch (StoreUnavailableException e) {
            return new SwapResult.NotSent(e); // there was no time to begin
        } catch (RuntimeException e) { // whatever it is: what counts is whether it came before the attempt
            return outcomeOf(e, expected, deadline, attempt);
        }
    }

    private PutObjectRequest request(
            BlobKey register, BlobVersion expected, byte[] body, Deadline deadline, OneAttempt attempt) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(place.bucket())
                .key(place.objectOf(register))
                .checksumSHA256(Requests.checksumOf(body, body.length))
                .overrideConfiguration(
                        Requests.within(deadline).toBuilder().addPlugin(attempt).build());
        return expected.equals(BlobVersion.ABSENT)
                ? request.ifNoneMatch("*").build()
                : request.ifMatch(expected.token()).build();
    }

    private SwapResult outcomeOf(
            RuntimeException failure, BlobVersion expected, Deadline deadline, OneAttempt attempt) {
        Throwable cause = failures.of(deadline, failure);
        if (!attempt.wasMade()) {
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
