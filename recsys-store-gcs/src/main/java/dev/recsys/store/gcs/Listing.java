package dev.recsys.store.gcs;

import dev.recsys.store.BlobKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists keys page by page, and passes by what is no key of this store. */
final class Listing {
    private static final int LONGEST_PAGE = 1_000;

    private final BucketObjects objects;
    private final Calls calls;

    Listing(BucketObjects objects, Calls calls) {
        this.objects = objects;
        this.calls = calls;
    }

    List<BlobKey> list(String prefix, String after, int limit, Deadline deadline) throws Failure {
        List<BlobKey> keys = new ArrayList<>();
        int pageSize = Math.min(limit, LONGEST_PAGE - 1) + 1; // the service begins with the mark itself
        Optional<String> token = Optional.empty();
        do {
            Optional<String> page = token;
            BucketObjects.Names names = calls.repeating(
                    deadline, () -> calls.once(deadline, () -> objects.list(prefix, after, pageSize, page)));
            for (String path : names.paths()) {
                if (path.compareTo(after) > 0 && BlobKey.isKey(path) && keys.size() < limit) {
                    keys.add(new BlobKey(path));
                }
            }
            token = names.token();
        } while (token.isPresent() && keys.size() < limit);
        return keys;
    }
}
