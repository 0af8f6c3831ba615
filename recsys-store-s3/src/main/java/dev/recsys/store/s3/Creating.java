package dev.recsys.store.s3;

import dev.recsys.RecsysException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.CreateResult;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Creates immutable blobs. S3 is told to refuse what is there, and is free to be asked again: each create leaves a mark of
 * its own on its object, and where an answer is not clear, the object that is there says whose it is.
 */
final class Creating {
    /** The name of the object's metadata that holds the mark. */
    static final String MARK = "recsys-create";

    private static final int ATTEMPTS = 3;

    private final Bucket bucket;
    private final Reading reading;
    private final int partBytes;
    private final Supplier<UUID> marks;

    Creating(Bucket bucket, int partBytes, Supplier<UUID> marks) {
        this.bucket = bucket;
        this.reading = new Reading(bucket);
        this.partBytes = partBytes;
        this.marks = marks;
    }

    /**
     * What is to be created.
     *
     * @param key under which key
     * @param source of which bytes
     * @param mark what the object will be known by
     */
    private record Wanted(BlobKey key, BlobSource source, String mark) {}

    CreateResult create(BlobKey key, BlobSource source, Deadline deadline) {
        Wanted wanted = new Wanted(key, source, marks.get().toString());
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<CreateResult> result = attempt(wanted, deadline);
            if (result.isPresent()) {
                return result.get();
            }
        }
        throw bucket.nonsense(
                deadline,
                ATTEMPTS
                        + " times another write to the same key was in the way, and nothing is there. Try again later");
    }

    /** Returns what became of one attempt; empty if it has to be made again. */
    private Optional<CreateResult> attempt(Wanted wanted, Deadline deadline) {
        deadline.requireTimeAndNoInterrupt();
        try {
            if (wanted.source().sizeBytes() <= partBytes ? putAtOnce(wanted, deadline) : putInParts(wanted, deadline)) {
                return Optional.of(new CreateResult.Created());
            }
        } catch (SdkException e) {
            return resolve(e, wanted, deadline);
        }
        return Optional.of(lookFor(wanted, deadline)
                .orElseThrow(() -> bucket.nonsense(
                        deadline,
                        "the answer was a success without an ETag, and no object is there. Try again later")));
    }

    /** Returns whether S3 said that the object is there; otherwise it answered without saying so. */
    private boolean putAtOnce(Wanted wanted, Deadline deadline) {
        byte[] bytes = new byte[(int) wanted.source().sizeBytes()];
        try (SourceReader reader = new SourceReader(wanted.source(), deadline)) {
            reader.next(bytes);
        }
        PutObjectResponse answer = bucket.ask(
                deadline,
                client -> client.putObject(
                        request -> request.bucket(bucket.name())
                                .key(bucket.objectOf(wanted.key()))
                                .ifNoneMatch("*")
                                .metadata(Map.of(MARK, wanted.mark()))
                                .checksumSHA256(Requests.checksumOf(bytes, bytes.length))
                                .overrideConfiguration(Requests.within(deadline)),
                        Requests.bodyOf(bytes, bytes.length)));
        return answer.eTag() != null;
    }

    private boolean putInParts(Wanted wanted, Deadline deadline) {
        return new MultipartCreate(bucket, partBytes)
                .run(wanted.key(), wanted.source(), Map.of(MARK, wanted.mark()), deadline);
    }

    private Optional<CreateResult> resolve(SdkException failure, Wanted wanted, Deadline deadline) {
        RecsysException outage = bucket.failure(deadline, failure);
        return switch (Answer.of(failure)) {
            case CONDITION_FAILED, CONFLICT, NO_SUCH_UPLOAD -> lookFor(wanted, deadline);
            case UNCLEAR -> {
                if (deadline.isOver() || Thread.currentThread().isInterrupted()) {
                    throw outage;
                }
                yield Optional.of(lookFor(wanted, deadline).orElseThrow(() -> outage));
            }
            default -> throw outage;
        };
    }

    /** Looks at the object that is there, if any: it is this create's own, or another's. */
    private Optional<CreateResult> lookFor(Wanted wanted, Deadline deadline) {
        return reading.head(wanted.key(), deadline)
                .map(head -> isOwn(head, wanted)
                        ? new CreateResult.Created()
                        : new CreateResult.Exists(head.contentLength()));
    }

    private static boolean isOwn(HeadObjectResponse head, Wanted wanted) {
        return wanted.mark().equals(head.metadata().get(MARK))
                && head.contentLength() == wanted.source().sizeBytes();
    }
}
