package dev.recsys.store.gcs;

import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.SwapResult;
import java.util.OptionalLong;

/** Changes registers: one conditional upload, sent once, and what its answer means. */
final class Swapping {
    static final int MAX_BODY_BYTES = 64 * 1024;
    private static final long NONE = 0; // the generation that stands for "there is no object"

    private final BucketObjects objects;
    private final Content content;
    private final Calls calls;

    Swapping(BucketObjects objects, Content content, Calls calls) {
        this.objects = objects;
        this.content = content;
        this.calls = calls;
    }

    SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Deadline deadline) {
        OptionalLong generation =
                expected.equals(BlobVersion.ABSENT) ? OptionalLong.of(NONE) : Stored.generationOf(expected);
        try {
            deadline.requireTimeAndNoInterrupt();
        } catch (StoreUnavailableException e) {
            return new SwapResult.NotSent(e);
        }
        if (generation.isEmpty()) {
            return new SwapResult.Mismatch(); // no object ever has a version that this store cannot have issued
        }
        return swap(register, generation.getAsLong(), body, deadline);
    }

    private SwapResult swap(BlobKey register, long expected, byte[] body, Deadline deadline) {
        Checksum checksum = Checksum.of(body);
        try {
            Stored stored = calls.once(deadline, () -> objects.write(register, body, checksum, expected));
            return new SwapResult.Applied(stored.version());
        } catch (Failure e) {
            return e.is(Failure.Kind.NOT_FOUND)
                    ? afterNotFound(e, expected, deadline)
                    : e.toSwapResult(deadline.what());
        }
    }

    /** A 404 tells that the object is not there, where a service prefers that to 412, or that the bucket is not. */
    private SwapResult afterNotFound(Failure notFound, long expected, Deadline deadline) {
        try {
            calls.repeating(deadline, () -> {
                content.requireBucket(deadline);
                return true;
            });
        } catch (Failure e) {
            return e.is(Failure.Kind.NOT_FOUND)
                    ? new SwapResult.NotSent(e.toException(deadline.what()))
                    : new SwapResult.Unknown(e.toException(deadline.what()));
        } catch (StoreUnavailableException e) {
            return new SwapResult.Unknown(e);
        }
        return expected == NONE ? notFound.toSwapResult(deadline.what()) : new SwapResult.Mismatch();
    }
}
