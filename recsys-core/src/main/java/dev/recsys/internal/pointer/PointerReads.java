package dev.recsys.internal.pointer;

import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.Scope;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.trust.TrustList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** Reads pointers and their history from a store. */
public final class PointerReads {
    private static final int NAMES_LOOKED_AT = 10;

    private final BlobStore store;
    private final TrustList trust;
    private final Duration timeout;

    /** Reads what trusted publishers wrote from a store, each read with the given timeout. */
    public PointerReads(BlobStore store, TrustList trust, Duration timeout) {
        this.store = store;
        this.trust = trust;
        this.timeout = timeout;
    }

    /** Reads the current pointer; empty if the store says with authority that there is none. */
    public Optional<StoredPointer> current(Scope scope) {
        ReadResult result = currentUnless(scope, BlobVersion.ABSENT);
        return result instanceof ReadResult.Found found ? Optional.of(decode(scope, found.blob())) : Optional.empty();
    }

    /** Reads the current pointer of a surface that must exist. */
    public StoredPointer existing(Scope scope) {
        return currentOrNever(scope)
                .orElseThrow(
                        () -> new NotFoundException(
                                "Surface " + scope
                                        + " does not exist in this store. Create it with the first ship (`ship --create`), or check the names."));
    }

    /** Returns the current pointer; empty only if there never was one, as far as the history tells. */
    public Optional<StoredPointer> currentOrNever(Scope scope) {
        Optional<StoredPointer> current = current(scope);
        if (current.isPresent() || !hasHistory(scope)) {
            return current;
        }
        Optional<StoredPointer> again = current(scope); // since it was read it may have been created, and superseded
        if (again.isEmpty()) {
            throw new DamagedException(
                    "The pointer of " + scope + " vanished from " + store.location()
                            + ", where its history still is; pointers are never deleted. Restore it, or go on from the history with `new-epoch`.");
        }
        return again;
    }

    /** Reads the current pointer's bytes unless it has a version. */
    public ReadResult currentUnless(Scope scope, BlobVersion version) {
        try {
            return store.read(ScopeKeys.current(scope), version, PointerCodec.MAX_BYTES, timeout);
        } catch (DamagedException e) {
            throw spoiled(name(ScopeKeys.current(scope)) + " cannot be read: ", e);
        }
    }

    /** Decodes what a read found. */
    public StoredPointer decode(Scope scope, Blob blob) {
        try {
            return new StoredPointer(
                    PointerCodec.decode(trust, scope, name(ScopeKeys.current(scope)), blob.bytes()),
                    blob.version(),
                    blob.bytes());
        } catch (DamagedException e) {
            throw spoiled("", e); // which names it already
        }
    }

    private static DamagedException spoiled(String what, DamagedException e) {
        String found = String.valueOf(e.getMessage());
        return new DamagedException(
                what + found + (found.endsWith(".") ? "" : ".")
                        + " If somebody wrote over it, restore it from a backup, or go on from the history with `new-epoch`.",
                e);
    }

    /** Decodes a copy of a pointer that lies elsewhere, as strictly as one of the store. */
    public StoredPointer decodeCopy(Scope scope, String name, byte[] bytes) {
        return new StoredPointer(PointerCodec.decode(trust, scope, name, bytes), BlobVersion.ABSENT, bytes);
    }

    /** Reads a revision from the history; empty if it is not there. */
    public Optional<StoredPointer> history(Scope scope, long epoch, long seq) {
        BlobKey key = ScopeKeys.history(scope, epoch, seq);
        ReadResult result = store.read(key, BlobVersion.ABSENT, PointerCodec.MAX_BYTES, timeout);
        if (!(result instanceof ReadResult.Found found)) {
            return Optional.empty();
        }
        byte[] bytes = found.blob().bytes();
        Pointer pointer = PointerCodec.decode(trust, scope, name(key), bytes);
        if (pointer.epoch() != epoch || pointer.seq() != seq) {
            throw new DamagedException(name(key) + " holds revision " + pointer.epoch() + "/" + pointer.seq()
                    + ", expected " + epoch + "/" + seq + ". It was copied over another one; restore it.");
        }
        return Optional.of(new StoredPointer(pointer, found.blob().version(), bytes));
    }

    /**
     * Makes sure that a pointer that was read as the current one was not put back to an older one: a revision's entry is
     * written by its successor, so that an entry of the next number, or of the next epoch, proves that the pointer has moved
     * on.
     */
    public void requireNotPutBack(Pointer read) {
        BlobKey next = ScopeKeys.history(read.scope(), read.epoch(), read.seq() + 1);
        boolean isFollowed = store.stat(next, timeout).isPresent();
        if (!isFollowed && !hasEntryOf(read.scope(), read.epoch() + 1)) {
            return;
        }
        Pointer current = existing(read.scope()).pointer(); // it may have moved on since it was read
        if (!current.isNewerThan(read.epoch(), read.seq())) {
            throw new DamagedException(
                    "The pointer of " + read.scope() + " in " + store.location() + " is revision "
                            + current.epoch() + "/" + current.seq() + ", and yet the history has "
                            + (isFollowed ? next : "entries of the next epoch")
                            + ": it was put back to an older one, or lost its newest. Restore the newest pointer from a backup.");
        }
    }

    /** Whether there ever was a pointer: any entry tells, for the oldest may no longer be kept; other names do not. */
    private boolean hasHistory(Scope scope) {
        return entries(scope, ScopeKeys.historyPrefix(scope))
                .anyMatch(entry -> history(scope, Long.parseLong(entry.group(1)), Long.parseLong(entry.group(2)))
                        .isPresent());
    }

    /** Whether an epoch has begun; names that somebody put there prove nothing. */
    private boolean hasEntryOf(Scope scope, long epoch) {
        return entries(scope, ScopeKeys.epochPrefix(scope, epoch))
                .anyMatch(entry -> isReadable(scope, epoch, Long.parseLong(entry.group(2))));
    }

    /** Returns the first names below a prefix that are those of entries of the history. */
    private Stream<MatchResult> entries(Scope scope, String prefix) {
        int start = ScopeKeys.historyPrefix(scope).length();
        return store.list(prefix, "", NAMES_LOOKED_AT, timeout).stream()
                .map(key -> ScopeKeys.HISTORY_ENTRY.matcher(key.path().substring(start)))
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult);
    }

    private boolean isReadable(Scope scope, long epoch, long seq) {
        try {
            return history(scope, epoch, seq).isPresent();
        } catch (DamagedException e) {
            return false;
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

    /**
     * Returns the revision that shipped a release.
     *
     * @throws NotFoundException if there is no such release, or it is not retained
     */
    public Pointer release(Pointer current, long id) {
        if (id >= 1 && id <= current.seq() && current.retains(id)) {
            Optional<Pointer> shipped = id == current.seq()
                    ? Optional.of(current)
                    : historyUpTo(current.scope(), current.epoch(), id).map(StoredPointer::pointer);
            if (shipped.isPresent() && shipped.get().release() == id) {
                return shipped.get();
            }
        }
        throw new NotFoundException("Release " + id + " of " + current.scope()
                + " does not exist or is not retained. `history` lists the releases.");
    }

    /** Reads the revision that another one was made from; empty if there was none, or it is no longer there. */
    public Optional<StoredPointer> before(Pointer pointer) {
        return pointer.parent().flatMap(parent -> historyUpTo(pointer.scope(), pointer.epoch(), parent.seq()));
    }

    /** Returns the scopes of which the store has anything, in the order of their keys. */
    public List<Scope> scopes() {
        List<Scope> scopes = new ArrayList<>();
        String after = "";
        List<BlobKey> next = store.list("", after, 1, timeout);
        while (!next.isEmpty()) {
            ScopeKeys.scopeOf(next.get(0)).ifPresent(scopes::add);
            after = ScopeKeys.afterScopeOf(next.get(0));
            next = store.list("", after, 1, timeout);
        }
        return scopes;
    }

    private String name(BlobKey key) {
        return "Pointer " + key + " in " + store.location();
    }
}
