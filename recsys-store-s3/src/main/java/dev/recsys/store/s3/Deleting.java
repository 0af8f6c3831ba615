package dev.recsys.store.s3;

import dev.recsys.store.BlobKey;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpStatusCode;

/** Deletes blobs. Free to be asked again; the protocol needs no condition, which several servers would not look at. */
final class Deleting {
    private final Bucket bucket;
    private final Reading reading;

    Deleting(Bucket bucket) {
        this.bucket = bucket;
        this.reading = new Reading(bucket);
    }

    void delete(BlobKey key, Deadline deadline) {
        try {
            int status = bucket.ask(
                    deadline,
                    client -> client.deleteObject(request -> request.bucket(bucket.name())
                                    .key(bucket.objectOf(key))
                                    .overrideConfiguration(Requests.within(deadline)))
                            .sdkHttpResponse()
                            .statusCode());
            // S3 answers 204; another success may come from anything on the way
            if (status != HttpStatusCode.NO_CONTENT
                    && reading.head(key, deadline).isPresent()) {
                throw bucket.nonsense(deadline, "the answer was status " + status + ", and the object is still there");
            }
        } catch (SdkException e) {
            if (Answer.of(e) != Answer.NO_SUCH_KEY) { // S3 says "done" then; others say so
                throw bucket.failure(deadline, e);
            }
        }
    }
}
