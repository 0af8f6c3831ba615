package dev.recsys.store.s3;

import dev.recsys.UnsafeStoreException;
import dev.recsys.store.BlobKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists keys, page by page, in the order in which S3 gives them: that of their UTF-8 bytes. */
final class Listing {
    private static final int MAX_PAGE = 1_000;

    private final Bucket bucket;

    Listing(Bucket bucket) {
        this.bucket = bucket;
    }

    List<BlobKey> list(String prefix, String after, int limit, Deadline deadline) {
        List<BlobKey> keys = new ArrayList<>();
        Optional<String> continuation = Optional.empty();
        do {
            ListObjectsV2Response page = page(request(prefix, after, limit - keys.size(), continuation), deadline);
            for (S3Object object : page.contents()) {
                bucket.place().keyOf(object.key()).ifPresent(key -> add(key, after, keys));
            }
            continuation = Optional.ofNullable(page.nextContinuationToken())
                    .filter(token -> Boolean.TRUE.equals(page.isTruncated()));
        } while (continuation.isPresent() && keys.size() < limit);
        return List.copyOf(keys);
    }

    private ListObjectsV2Request.Builder request(
            String prefix, String after, int missing, Optional<String> continuation) {
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket(bucket.name())
                .prefix(bucket.place().objectOf(prefix))
                .maxKeys(Math.min(MAX_PAGE, missing));
        continuation.ifPresent(request::continuationToken);
        if (!after.isEmpty()) {
            request.startAfter(bucket.place().objectOf(after));
        }
        return request;
    }

    private ListObjectsV2Response page(ListObjectsV2Request.Builder request, Deadline deadline) {
        try {
            ListObjectsV2Request ready =
                    request.overrideConfiguration(Requests.within(deadline)).build();
            ListObjectsV2Response page = bucket.ask(deadline, client -> client.listObjectsV2(ready));
            if (page.isTruncated()
                    == null) { // an empty answer reads as an empty page, which would mean that nothing is there
                throw bucket.nonsense(deadline, "the answer was a success and no listing");
            }
            return page;
        } catch (SdkException e) {
            throw bucket.failure(deadline, e);
        }
    }

    private void add(BlobKey key, String after, List<BlobKey> keys) {
        String last = keys.isEmpty() ? after : keys.get(keys.size() - 1).path();
        if (key.path().compareTo(last) <= 0) {
            throw new UnsafeStoreException(bucket.place()
                    + " cannot hold a store. The rule it breaks: a listing is ordered by the "
                    + "bytes of the keys. Found: " + key + " after '" + last + "'. Use a general purpose bucket of S3");
        }
        keys.add(key);
    }
}
