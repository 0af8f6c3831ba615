package dev.recsys.proofs.simulate;

import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.Sha256;
import dev.recsys.store.SwapResult;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is in the store. A version is the digest of the content, as S3's are: equal bytes have equal versions. Tells the
 * log every value of the register and every deletion.
 */
final class StoredObjects {
    private final NavigableMap<BlobKey, Blob> blobs = new TreeMap<>();
    private final RevisionLog log;

    StoredObjects(RevisionLog log) {
        this.log = log;
    }

    Optional<Blob> read(BlobKey key) {
        return Optional.ofNullable(blobs.get(key));
    }

    /** Reads the register as a replica shows it, up to some time behind. */
    Optional<Blob> readAsOf(long lagNanos) {
        return log.somewhereInTheLast(lagNanos).map(RevisionLog.Entry::blob);
    }

    int revisions() {
        return log.entries().size();
    }

    Optional<BlobStat> stat(BlobKey key) {
        return read(key)
                .map(blob -> new BlobStat(
                        blob.bytes().length,
                        Optional.of(new Sha256(blob.version().token()))));
    }

    CreateResult create(BlobKey key, byte[] bytes) {
        Blob existing = blobs.putIfAbsent(key, blob(bytes));
        return existing == null ? new CreateResult.Created() : new CreateResult.Exists(existing.bytes().length);
    }

    SwapResult swap(BlobKey register, BlobVersion expected, byte[] bytes) {
        if (!read(register).map(Blob::version).orElse(BlobVersion.ABSENT).equals(expected)) {
            return new SwapResult.Mismatch();
        }
        Blob blob = blob(bytes);
        blobs.put(register, blob);
        if (!blob.version().equals(expected)) { // nobody can see that equal bytes were written again
            log.swapped(bytes, this);
        }
        return new SwapResult.Applied(blob.version());
    }

    boolean delete(BlobKey key) {
        boolean deleted = blobs.remove(key) != null;
        if (deleted) {
            log.deleted(key, this);
        }
        return deleted;
    }

    boolean has(BlobKey key) {
        return blobs.containsKey(key);
    }

    List<BlobKey> list(String prefix, String after, int limit) {
        return blobs.keySet().stream()
                .filter(key -> key.path().startsWith(prefix) && key.path().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    private static Blob blob(byte[] bytes) {
        return new Blob(bytes, new BlobVersion(Sha256.of(bytes).hex()));
    }
}
