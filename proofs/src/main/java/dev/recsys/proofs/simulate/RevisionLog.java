package dev.recsys.proofs.simulate;

import dev.recsys.DamagedException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.proofs.Judge;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.Sha256;
import dev.recsys.trust.TrustList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every value that the register had, in order and with its time: what is true, as the simulation knows it. Asks after each
 * whether everything that a retained release names is in the store.
 */
final class RevisionLog {
    private final World world;
    private final Judge judge;
    private final Scope scope;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<BlobKey> reported = new HashSet<>();

    RevisionLog(World world, Judge judge, Scope scope) {
        this.world = world;
        this.judge = judge;
        this.scope = scope;
    }

    /**
     * A value of the register.
     *
     * @param pointer what it says
     * @param blob its bytes
     * @param atNanos since when
     */
    record Entry(Pointer pointer, Blob blob, long atNanos) {
        /** Returns the operation that made it: the first word of its reason. */
        String operation() {
            return pointer.operation().reason().split(" ", 2)[0];
        }

        boolean isShip() {
            return pointer.release() == pointer.seq();
        }
    }

    void swapped(byte[] bytes, StoredObjects objects) {
        Pointer pointer;
        try {
            pointer = PointerCodec.decode(TrustList.ANYONE, scope, "the register", bytes);
        } catch (DamagedException e) {
            judge.torn("the register: " + e.getMessage());
            return;
        }
        Blob blob = new Blob(bytes, new BlobVersion(Sha256.of(bytes).hex()));
        Entry entry = new Entry(pointer, blob, world.scheduler().nowNanos());
        entries.add(entry);
        world.trace("REVISION " + pointer.epoch() + "/" + pointer.seq() + " "
                + pointer.operation().kind() + " " + entry.operation() + " release " + pointer.release());
        judge.applied(entry.operation(), pointer.epoch(), pointer.seq());
        requireNothingDangles(objects);
    }

    void deleted(BlobKey key, StoredObjects objects) {
        world.trace("DELETED " + key);
        requireNothingDangles(objects);
    }

    Optional<Entry> current() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }

    /** Returns what somebody may take for current, who looked a while ago. */
    Optional<Entry> oneOfTheNewest(int most) {
        int newest = Math.min(most, entries.size());
        return newest == 0
                ? Optional.empty()
                : Optional.of(entries.get(entries.size() - 1 - world.random().nextInt(newest)));
    }

    List<Entry> entries() {
        return entries;
    }

    /** Returns the value that the register had at some time. */
    Optional<Entry> at(long nanos) {
        Optional<Entry> found = Optional.empty();
        for (Entry entry : entries) {
            if (entry.atNanos <= nanos) {
                found = Optional.of(entry);
            }
        }
        return found;
    }

    /** Returns a value that the register had within that time, by chance. */
    Optional<Entry> somewhereInTheLast(long nanos) {
        return at(world.scheduler().nowNanos() - world.random().nextLong(nanos));
    }

    Optional<Entry> revision(long epoch, long seq) {
        return entries.stream()
                .filter(entry -> entry.pointer.epoch() == epoch && entry.pointer.seq() == seq)
                .findFirst();
    }

    private void requireNothingDangles(StoredObjects objects) {
        if (entries.isEmpty()) {
            return;
        }
        Pointer current = entries.get(entries.size() - 1).pointer;
        requireThere(current, objects);
        for (Entry entry : entries) {
            if (entry.isShip() && current.retains(entry.pointer.release())) {
                requireThere(entry.pointer, objects);
            }
        }
    }

    private void requireThere(Pointer pointer, StoredObjects objects) {
        for (ArtifactRef ref : pointer.manifest().value().artifacts().values()) {
            if (!objects.has(ref.key()) && reported.add(ref.key())) {
                judge.dangling("release " + pointer.release() + " names " + ref.key());
                world.trace("DANGLING " + ref.key());
            }
        }
    }
}
