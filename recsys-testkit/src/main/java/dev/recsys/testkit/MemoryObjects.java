package dev.recsys.testkit;

import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The objects that several {@link MemoryBlobStore}s share. One lock around every operation makes them linearizable. */
final class MemoryObjects {
    private final NavigableMap<String, Blob> blobs = new TreeMap<>();
    private long lastVersion;

    synchronized MemoryObjects copy() {
        MemoryObjects copy = new MemoryObjects();
        copy.putAll(blobs, lastVersion);
        return copy;
    }

    private synchronized void putAll(NavigableMap<String, Blob> others, long version) {
        blobs.putAll(others);
        lastVersion = version;
    }

    synchronized Optional<Blob> get(BlobKey key) {
        return Optional.ofNullable(blobs.get(key.path()));
    }

    /** Returns the blob that was there before and is untouched, or empty if the bytes were put. */
    synchronized Optional<Blob> putIfAbsent(BlobKey key, byte[] bytes) {
        @Nullable Blob existing = blobs.get(key.path());
        if (existing == null) {
            blobs.put(key.path(), new Blob(bytes, nextVersion()));
        }
        return Optional.ofNullable(existing);
    }

    /** Returns the new version, or empty if the register's version is not the expected one. */
    synchronized Optional<BlobVersion> replace(BlobKey key, BlobVersion expected, byte[] bytes) {
        BlobVersion found = get(key).map(Blob::version).orElse(BlobVersion.ABSENT);
        if (!found.equals(expected)) {
            return Optional.empty();
        }
        Blob blob = new Blob(bytes, nextVersion());
        blobs.put(key.path(), blob);
        return Optional.of(blob.version());
    }

    synchronized void remove(BlobKey key) {
        blobs.remove(key.path());
    }

    synchronized List<BlobKey> list(String prefix, String after, int limit) {
        String from = prefix.compareTo(after) > 0 ? prefix : after;
        return blobs.tailMap(from).keySet().stream()
                .filter(path -> path.compareTo(after) > 0)
                .takeWhile(path -> path.startsWith(prefix))
                .limit(limit)
                .map(BlobKey::new)
                .toList();
    }

    private BlobVersion nextVersion() {
        lastVersion++;
        return new BlobVersion("v" + lastVersion);
    }
}
