package dev.recsys.internal.pointer;

import dev.recsys.DamagedException;
import dev.recsys.Scope;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import java.time.Duration;
import java.util.Optional;

/** Reads pointers and their history from a store. */
public final class PointerReads {
    private final BlobStore store;
    private final Duration timeout;

    /** Reads from a store, each read with the given timeout. */
    public PointerReads(BlobStore store, Duration timeout) {
        this.store = store;
        this.timeout = timeout;
    }

    /** Reads the current pointer; empty if the store says with authority that there is none. */
    public Optional<StoredPointer> current(Scope scope) {
        ReadResult result = currentUnless(scope, BlobVersion.ABSENT);
        return result instanceof ReadResult.Found found ? Optional.of(decode(scope, found.blob())) : Optional.empty();
    }

    /** Reads the current pointer's bytes unless it has a version. */
    public ReadResult currentUnless(Scope scope, BlobVersion version) {
        return store.read(ScopeKeys.current(scope), version, PointerCodec.MAX_BYTES, timeout);
    }

    /** Decodes what a read found. */
    public StoredPointer decode(Scope scope, Blob blob) {
        return new StoredPointer(
                PointerCodec.decode(scope, name(ScopeKeys.current(scope)), blob.bytes()), blob.version(), blob.bytes());
    }

    /** Reads a revision from the history; empty if it is not there. */
    public Optional<StoredPointer> history(Scope scope, long epoch, long seq) {
        BlobKey key = ScopeKeys.history(scope, epoch, seq);
        ReadResult result = store.read(key, BlobVersion.ABSENT, PointerCodec.MAX_BYTES, timeout);
        if (!(result instanceof ReadResult.Found found)) {
            return Optional.empty();
        }
        byte[] bytes = found.blob().bytes();
        Pointer pointer = PointerCodec.decode(scope, name(key), bytes);
        if (pointer.epoch() != epoch || pointer.seq() != seq) {
            throw new DamagedException(name(key) + " holds revision " + pointer.epoch() + "/" + pointer.seq()
                    + ", expected " + epoch + "/" + seq + ". It was copied over another one; restore it.");
        }
        return Optional.of(new StoredPointer(pointer, found.blob().version(), bytes));
    }

    /**
     * Makes sure that a current pointer was not put back to an older one: a revision's entry is written by its successor,
     * so that an entry of the next number proves that two revisions followed.
     */
    public void requireNotPutBack(Pointer current) {
        BlobKey next = ScopeKeys.history(current.scope(), current.epoch(), current.seq() + 1);
        if (store.stat(next, timeout).isPresent()) {
            throw new DamagedException(
                    "The pointer of " + current.scope() + " in " + store.location() + " is revision "
                            + current.epoch() + "/" + current.seq() + ", and yet there is " + next
                            + ": it was put back to an older one, or lost its newest. Restore the newest pointer from a backup.");
        }
    }

    /** Reads a revision from the history, whatever its epoch was, beginning with the given one. */
    public Optional<StoredPointer> historyUpTo(Scope scope, long epoch, long seq) {
        for (long e = epoch; e >= 1; e--) {
            Optional<StoredPointer> found = history(scope, e, seq);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private String name(BlobKey key) {
        return "Pointer " + key + " in " + store.location();
    }
}
