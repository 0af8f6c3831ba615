package dev.recsys.testserver.gcs;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All buckets. */
final class Buckets {
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final Generations generations = new Generations();
    private final Conduct conduct;

    Buckets(Conduct conduct) {
        this.conduct = conduct;
    }

    /** Makes an empty bucket; empty if the name is taken. */
    Optional<Bucket> create(String name) {
        Bucket bucket = new Bucket(name, conduct, generations);
        return buckets.putIfAbsent(name, bucket) == null ? Optional.of(bucket) : Optional.empty();
    }

    Bucket get(String name) throws Refusal {
        Bucket bucket = buckets.get(name);
        if (bucket == null) {
            throw Refusal.noBucket();
        }
        return bucket;
    }

    void delete(String name) throws Refusal {
        if (!get(name).isEmpty()) {
            throw Refusal.conflict("The bucket you tried to delete is not empty.");
        }
        buckets.remove(name);
    }
}
