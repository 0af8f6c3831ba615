package dev.recsys.publish;

import dev.recsys.DamagedException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.publish.VerifyReport.Damage;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the store for every object that a retained release names, without reading artifacts: a look that costs little. */
final class Scrubber {
    private final BlobStore store;
    private final PointerReads pointers;
    private final Duration timeout;

    Scrubber(BlobStore store, PointerReads pointers, Duration timeout) {
        this.store = store;
        this.pointers = pointers;
        this.timeout = timeout;
    }

    /** An artifact, and the releases that name it, newest first. */
    private record Use(ArtifactRef ref, List<Long> releases) {}

    ScrubReport scrub(Scope scope) {
        return MovingPointer.settled(
                pointers, scope, this::look, report -> report.damages().isEmpty());
    }

    private ScrubReport look(StoredPointer stored) {
        Pointer current = stored.pointer();
        List<Damage> damages = new ArrayList<>();
        Scope scope = current.scope();
        try {
            pointers.requireNotPutBack(current);
        } catch (DamagedException e) {
            damages.add(new Damage(ScopeKeys.current(scope).path(), List.of(), String.valueOf(e.getMessage())));
        }
        List<RetainedRelease> retained = RetainedReleases.of(
                pointers,
                current,
                damage -> damages.add(
                        new Damage(ScopeKeys.historyPrefix(scope), List.of(), String.valueOf(damage.getMessage()))));
        Map<BlobKey, Use> uses = new LinkedHashMap<>();
        if (current.release() > 0) {
            add(uses, current);
        }
        retained.forEach(release -> add(uses, release.shipped()));
        long sizeBytes = 0;
        for (Use use : uses.values()) {
            sizeBytes += use.ref().sizeBytes();
            problem(use.ref())
                    .ifPresent(problem -> damages.add(new Damage(use.ref().key().path(), use.releases(), problem)));
        }
        return new ScrubReport(scope, retained.size(), uses.size(), sizeBytes, damages);
    }

    private static void add(Map<BlobKey, Use> uses, Pointer pointer) {
        for (ArtifactRef ref : pointer.manifest().value().artifacts().values()) {
            List<Long> releases = uses.computeIfAbsent(ref.key(), key -> new Use(ref, new ArrayList<>()))
                    .releases();
            if (!releases.contains(pointer.release())) {
                releases.add(pointer.release());
            }
        }
    }

    private Optional<String> problem(ArtifactRef ref) {
        Optional<BlobStat> stat = store.stat(ref.key(), timeout);
        if (stat.isEmpty()) {
            return Optional.of("missing");
        }
        if (stat.get().sizeBytes() != ref.sizeBytes()) {
            return Optional.of("it has " + stat.get().sizeBytes() + " bytes, the manifest expects " + ref.sizeBytes());
        }
        return stat.get()
                .sha256()
                .filter(found -> !found.equals(ref.sha256()))
                .map(found -> "its digest is " + found + ", the manifest expects " + ref.sha256());
    }
}
