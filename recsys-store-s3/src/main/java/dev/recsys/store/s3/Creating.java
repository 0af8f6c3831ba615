package dev.recsys.store.s3;

import dev.recsys.RecsysException;
import dev.recsys.StoreUnavailableException;
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

    CreateResult create(BlobKey key, BlobSource source, Deadline deadline) {
        String mark = marks.get().toString();
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<CreateResult> result = attempt(key, source, mark, deadline);
            if (result.isPresent()) {
                return result.get();
            }
        }
        throw new StoreUnavailableException(deadline.what() + " failed in " + bucket.place() + ": " + ATTEMPTS
                + " times another write to the same key was in the way, and nothing is there. Try again later");
    }

    /** Returns what became of one attempt; empty if it has to be made again. */
    private Optional<CreateResult> attempt(BlobKey key, BlobSource source, String mark, Deadline deadline) {
        deadline.requireTimeAndNoInterrupt();
        try {
            boolean stored = source.sizeBytes() <= partBytes
                    ? putAtOnce(key, source, mark, deadline)
                    : new MultipartCreate(bucket, partBytes).run(key, source, Map.of(MARK, mark), deadline);
            if (stored) {
                return Optional.of(new CreateResult.Created());
            }
            return Optional.of(lookFor(key, source, mark, deadline)
                    .orElseThrow(() -> bucket.nonsense(
                            deadline,
                            "the answer was a success without an ETag, and no " + "object is there. Try again later")));
        } catch (SdkException e) {
            return resolve(e, key, source, mark, deadline);
        }
    }

    private boolean putAtOnce(BlobKey key, BlobSource source, String mark, Deadline deadline) {
        byte[] bytes = new byte[(int) source.sizeBytes()];
        try (SourceReader reader = new SourceReader(source, deadline)) {
            reader.next(bytes);
        }
        PutObjectResponse answer = bucket.ask(
                deadline,
                client -> client.putObject(
                        request -> request.bucket(bucket.name())
                                .key(bucket.objectOf(key))
                                .ifNoneMatch("*")
                                .metadata(Map.of(MARK, mark))
                                .checksumSHA256(Requests.checksumOf(bytes, bytes.length))
                                .overrideConfiguration(Requests.within(deadline)),
                        Requests.bodyOf(bytes, bytes.length)));
        return answer.eTag() != null;
    }

    private Optional<CreateResult> resolve(
            SdkException failure, BlobKey key, BlobSource source, String mark, Deadline deadline) {
        RecsysException outage = bucket.failure(deadline, failure);
        return switch (Answer.of(failure)) {
            case CONDITION_FAILED, CONFLICT, NO_SUCH_UPLOAD -> lookFor(key, source, mark, deadline);
            case UNCLEAR -> {
                if (deadline.isOver() || Thread.currentThread().isInterrupted()) {
                    throw outage;
                }
                yield Optional.of(lookFor(key, source, mark, deadline).orElseThrow(() -> outage));
            }
            default -> throw outage;
        };
    }

    /** Looks at the object that is there, if any: it is this create's own, or another's. */
    private Optional<CreateResult> lookFor(BlobKey key, BlobSource source, String mark, Deadline deadline) {
        return reading.head(key, deadline)
                .map(head -> isMarked(head, mark) && head.contentLength() == source.sizeBytes()
                        ? new CreateResult.Created()
                        : new CreateResult.Exists(head.contentLength()));
    }

    private static boolean isMarked(HeadObjectResponse head, String mark) {
        return mark.equals(head.metadata().get(MARK));
    }
}
