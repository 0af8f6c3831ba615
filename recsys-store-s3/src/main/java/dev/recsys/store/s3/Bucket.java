package dev.recsys.store.s3;

import dev.recsys.RecsysException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket as one client sees it.
 *
 * @param place where the store is in it
 * @param client the client to ask with
 * @param calls what runs the requests
 */
record Bucket(Place place, S3Client client, Calls calls) {
    String name() {
        return place.bucket();
    }

    String objectOf(BlobKey key) {
        return place.objectOf(key);
    }

    /** Asks within the time that is left; throws the SDK's failures as they are. */
    <T> T ask(Deadline deadline, Function<S3Client, T> request) {
        return calls.call(deadline, () -> request.apply(client));
    }

    /** Returns what to throw for an answer that is none of a call's results. */
    RecsysException failure(Deadline deadline, Throwable failure) {
        return Failures.of(place, deadline, failure);
    }

    /** Returns the failure of an answer that makes no sense. */
    StoreUnavailableException nonsense(Deadline deadline, String found) {
        return new StoreUnavailableException(deadline.what() + " failed in " + place + ": " + found);
    }
}
