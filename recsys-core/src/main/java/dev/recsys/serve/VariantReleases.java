package dev.recsys.serve;

import dev.recsys.artifact.Revision;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The releases that variants of an experiment name beside the current one. Each is loaded once, within what the memory
 * budget leaves, and given up when nobody names it any more. One thread at a time: that which polls.
 */
final class VariantReleases {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRecommender.class);

    private final SnapshotLoader snapshots;
    private final ArtifactLoader store;
    private final PointerReads pointers;
    private final Map<Long, Snapshot> loaded = new HashMap<>(); // by release
    private final Map<Long, String> failures = new HashMap<>(); // by release, as they were told

    VariantReleases(SnapshotLoader snapshots, ArtifactLoader store, PointerReads pointers) {
        this.snapshots = snapshots;
        this.store = store;
        this.pointers = pointers;
    }

    /**
     * What there is of the releases that variants name.
     *
     * @param loaded by number
     * @param failures why the others are not, by number
     */
    record Found(Map<Long, Snapshot> loaded, Map<Long, String> failures) {
        static final Found NOTHING = new Found(Map.of(), Map.of());
    }

    /** Keeps what is current as long as it is named, so that there is no gap when another release becomes current. */
    Found keep(Snapshot current, Set<Long> named) {
        if (named.contains(current.revision().release())) {
            loaded.put(current.revision().release(), current);
        }
        loaded.keySet().retainAll(named);
        return found();
    }

    private Found found() {
        return new Found(Map.copyOf(loaded), Map.copyOf(failures));
    }

    /**
     * Loads those that are named and not loaded, and gives the others up. Never throws: what cannot be loaded is tried
     * again at the next poll, and logged when that begins and when it ends.
     *
     * @param pointer the store's pointer
     * @param current what serves, with tables to take over
     */
    Found load(Pointer pointer, Snapshot current, Set<Long> named) {
        loaded.keySet().retainAll(named);
        failures.keySet().retainAll(named);
        loaded.remove(current.revision().release());
        for (long release : named) {
            if (release != current.revision().release() && !loaded.containsKey(release)) {
                tryToLoad(pointer, current, release);
            }
        }
        return found();
    }

    private void tryToLoad(Pointer pointer, Snapshot current, long release) {
        try {
            Revision revision = pointers.release(pointer, release).toRevision(false);
            snapshots.loadBeside(
                    revision, current, types -> store.load(revision, types), snapshot -> loaded.put(release, snapshot));
            if (failures.remove(release) != null || loaded.containsKey(release)) {
                log.info("release {} of {} is loaded for a variant of an experiment", release, pointer.scope());
            }
        } catch (Throwable e) { // an Error too: it must not keep the current release from being polled
            String why = Optional.ofNullable(e.getMessage()).orElse(e.toString());
            if (!why.equals(failures.put(release, why))) {
                log.warn(
                        "release {} of {}, which a variant of an experiment names, cannot be loaded; nobody is in the"
                                + " experiment: {}",
                        release,
                        pointer.scope(),
                        why);
            }
        }
    }
}
