package dev.recsys.serve;

import dev.recsys.DamagedException;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.serve.LoadMarkers.Attempt;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings what the store says is current into service, in an order that no death of the process spoils: mark the attempt,
 * load, serve, keep a copy, clear the mark.
 */
final class ReleaseLoader {
    private final SnapshotLoader snapshots;
    private final ArtifactLoader store;
    private final Optional<LocalCopies> copies;

    ReleaseLoader(SnapshotLoader snapshots, ArtifactLoader store, Optional<LocalCopies> copies) {
        this.snapshots = snapshots;
        this.store = store;
        this.copies = copies;
    }

    /**
     * Loads a revision and hands it over.
     *
     * @throws DamagedException also if processes died of this revision and it is left alone for now
     */
    void load(StoredPointer stored, Revision revision, Optional<Snapshot> before, Consumer<Snapshot> service) {
        if (copies.isEmpty()) {
            snapshots.load(revision, before, types -> store.load(revision, types), service);
            return;
        }
        LocalCopies local = copies.get();
        requireNoCoolDown(local, revision);
        try (Attempt attempt = local.begin(revision)) {
            if (!snapshots.load(revision, before, types -> local.load(revision, types, attempt), service)) {
                return;
            }
            local.keep(stored);
        }
        local.succeeded(revision);
        local.tidy();
    }

    /** Keeps a copy of what serves already. */
    void keep(StoredPointer stored) {
        copies.ifPresent(local -> {
            Attempt attempt = local.begin(stored.pointer().toRevision(true));
            try {
                local.keep(stored);
            } finally {
                attempt.close();
            }
        });
    }

    /** Keeps a copy of what serves if that failed before and the disk may do better now. */
    void keepLeftover() {
        copies.flatMap(LocalCopies::leftover).ifPresent(stored -> {
            keep(stored);
            copies.get().tidy();
        });
    }

    /** Returns why nothing can be kept, if so. */
    Optional<String> problem() {
        return copies.flatMap(LocalCopies::problem);
    }

    static void requireNoCoolDown(LocalCopies copies, Revision revision) {
        Optional<Duration> left = copies.coolDownOf(revision);
        if (left.isPresent()) {
            throw new DamagedException("Revision " + revision.epoch() + "/" + revision.seq() + " of "
                    + revision.scope() + " was being loaded when the process died, " + LoadMarkers.MOST_DEATHS
                    + " times; it is left alone for " + left.get().toSeconds()
                    + " s more, and then tried again. Is there memory enough? Roll back if the release is to blame.");
        }
    }
}
