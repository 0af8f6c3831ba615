package dev.recsys.testserver.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** One bucket and its objects. */
final class Bucket {
    private static final Comparator<String> BY_UTF8 =
            Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final ConcurrentMap<String, StoredObject> objects = new ConcurrentHashMap<>();
    private final String name;
    private final Conduct conduct;
    private final Generations generations;

    Bucket(String name, Conduct conduct, Generations generations) {
        this.name = name;
        this.conduct = conduct;
        this.generations = generations;
    }

    String name() {
        return name;
    }

    boolean isEmpty() {
        return objects.isEmpty();
    }

    Map<String, Object> toJson() {
        return Map.of(
                "kind", "storage#bucket",
                "id", name,
                "name", name,
                "location", "LOCAL",
                "storageClass", "STANDARD",
                "metageneration", "1");
    }

    /** Returns what an object holds now. */
    Optional<byte[]> contentOf(String object) {
        return Optional.ofNullable(objects.get(object))
                .map(found -> found.bytes().clone());
    }

    /** Returns an object, if its generation is the one asked for and the preconditions of a read hold. */
    StoredObject get(String object, Preconditions conditions) throws Refusal {
        StoredObject found = objects.get(object);
        if (found == null || !conditions.isOfGeneration(found)) {
            throw Refusal.noObject(name, object);
        }
        conditions.requireForRead(found);
        return found;
    }

    /** Stores content under a name, if the preconditions hold at that moment. */
    StoredObject insert(String object, byte[] bytes, JsonNode metadata, Preconditions conditions) throws Refusal {
        return conduct.commit()
                .change(objects, object, before -> {
                    conditions.requireForWrite(before);
                    StoredObject after = StoredObject.of(object, generations.next(), bytes, metadata);
                    conduct.limit().requireRoom(name + "/" + object);
                    conduct.observer().accept(name + "/" + object, bytes.clone());
                    return Optional.of(after);
                })
                .orElseThrow();
    }

    /** Checks a write's preconditions without writing. */
    void requireForWrite(String object, Preconditions conditions) throws Refusal {
        conditions.requireForWrite(Optional.ofNullable(objects.get(object)));
    }

    StoredObject patch(String object, JsonNode metadata, Preconditions conditions) throws Refusal {
        return conduct.commit()
                .change(objects, object, before -> {
                    StoredObject found = requireThere(object, before, conditions);
                    conduct.limit().requireRoom(name + "/" + object);
                    return Optional.of(found.withMetadata(metadata));
                })
                .orElseThrow();
    }

    void delete(String object, Preconditions conditions) throws Refusal {
        conduct.commit().change(objects, object, before -> {
            requireThere(object, before, conditions);
            conduct.limit().requireRoom(name + "/" + object);
            return Optional.empty();
        });
    }

    private StoredObject requireThere(String object, Optional<StoredObject> before, Preconditions conditions)
            throws Refusal {
        if (before.isEmpty() || !conditions.isOfGeneration(before.get())) {
            throw Refusal.noObject(name, object);
        }
        conditions.requireForWrite(before);
        return before.get();
    }

    /**
     * Returns the first objects of a listing, in the order of their UTF-8 bytes.
     *
     * @param prefix what the name begins with
     * @param start the first name that may be listed
     * @param after a name after which to go on; empty at the first page
     * @param limit the largest number to return
     */
    List<StoredObject> list(String prefix, String start, String after, int limit) {
        Stream<StoredObject> matching = objects.values().stream()
                .filter(object -> object.name().startsWith(prefix))
                .filter(object -> BY_UTF8.compare(object.name(), start) >= 0)
                .filter(object -> after.isEmpty() || BY_UTF8.compare(object.name(), after) > 0);
        return matching.sorted(Comparator.comparing(StoredObject::name, BY_UTF8))
                .limit(limit)
                .toList();
    }
}
