package dev.recsys.publish;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.NotFoundException;
import dev.recsys.RecsysException;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.Retention;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.publish.RetainedRelease.Retirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Finds every release that a pointer retains, by its history: what it cannot find it says, and never leaves out quietly. */
final class RetainedReleases {
    private final PointerReads pointers;
    private final ReleaseHistory releases;
    private final Map<String, Pointer> known; // by identity, what came before; it never changes
    private final Pointer current;
    private final Consumer<RecsysException> onDamage;
    private final Map<Long, Pointer> shipped = new TreeMap<>(Comparator.reverseOrder());
    private final Map<Long, Retirement> retirements = new TreeMap<>();

    private RetainedReleases(
            PointerReads pointers, Pointer current, Map<String, Pointer> known, Consumer<RecsysException> onDamage) {
        this.known = known;
        this.pointers = pointers;
        this.releases = new ReleaseHistory(pointers);
        this.current = current;
        this.onDamage = onDamage;
    }

    /**
     * Returns the retained releases, newest first.
     *
     * @param onDamage told what of the history is missing or damaged; may throw it
     */
    static List<RetainedRelease> of(PointerReads pointers, Pointer current, Consumer<RecsysException> onDamage) {
        return of(pointers, current, new HashMap<>(), onDamage);
    }

    /**
     * Returns the retained releases, newest first.
     *
     * @param known what earlier calls read, by the {@code tx} of the revision after it; grows by what this one reads
     * @param onDamage as above
     */
    static List<RetainedRelease> of(
            PointerReads pointers, Pointer current, Map<String, Pointer> known, Consumer<RecsysException> onDamage) {
        RetainedReleases found = new RetainedReleases(pointers, current, known, onDamage);
        found.walk();
        found.addExceptions();
        List<RetainedRelease> list = new ArrayList<>();
        found.shipped.forEach((id, pointer) ->
                list.add(new RetainedRelease(pointer, Optional.ofNullable(found.retirements.get(id)))));
        return list;
    }

    /** From the current revision back to the lowest release that is retained without an exception. */
    private void walk() {
        long from = current.retention().fromRelease();
        Pointer revision = current;
        add(revision);
        while (revision.seq() > Math.max(1, from)) {
            Optional<Pointer> before = before(revision);
            if (before.isEmpty()) {
                return;
            }
            if (before.get().release() != revision.release()) {
                retirements.putIfAbsent(before.get().release(), new Retirement(revision.seq(), revision.swappedAt()));
            }
            revision = before.get();
            add(revision);
        }
    }

    private void add(Pointer revision) {
        if (ReleaseHistory.isShip(revision) && current.retains(revision.release())) {
            shipped.putIfAbsent(revision.release(), revision);
        }
    }

    private void addExceptions() {
        for (Retention.Retired retired : current.retention().also()) {
            addShipped(retired.release());
            revisionAt(retired.retiredSeq())
                    .ifPresent(by -> retirements.put(retired.release(), new Retirement(by.seq(), by.swappedAt())));
        }
        current.retention().pinned().forEach(this::addShipped);
        if (current.release() > 0) {
            addShipped(current.release());
        }
        retirements.remove(current.release());
    }

    private void addShipped(long id) {
        if (shipped.containsKey(id)) {
            return;
        }
        try {
            shipped.put(id, releases.release(current, id));
        } catch (NotFoundException e) {
            onDamage.accept(missing("the entry of release " + id));
        } catch (DamagedException | NewerFormatException e) {
            onDamage.accept(e);
        }
    }

    private Optional<Pointer> before(Pointer revision) {
        Pointer read = known.get(revision.tx());
        if (read != null) {
            return Optional.of(read);
        }
        try {
            Optional<StoredPointer> before = releases.before(revision);
            before.ifPresent(found -> known.put(revision.tx(), found.pointer()));
            if (before.isEmpty()) {
                onDamage.accept(missing("the entry before revision " + revision.epoch() + "/" + revision.seq()));
            }
            return before.map(StoredPointer::pointer);
        } catch (DamagedException | NewerFormatException e) {
            onDamage.accept(e);
            return Optional.empty();
        }
    }

    /** A revision whose entry cannot be read leaves the age of what it retired unknown, and so that release is kept. */
    private Optional<Pointer> revisionAt(long seq) {
        try {
            return seq == current.seq()
                    ? Optional.of(current)
                    : pointers.historyUpTo(current.scope(), current.epoch(), seq)
                            .map(StoredPointer::pointer);
        } catch (DamagedException | NewerFormatException e) {
            onDamage.accept(e);
            return Optional.empty();
        }
    }

    private DamagedException missing(String what) {
        return new DamagedException(
                "The history of " + current.scope() + " is incomplete: " + what
                        + " is missing, and so what is retained cannot be told. Restore it from a backup, or begin a new epoch.");
    }
}
