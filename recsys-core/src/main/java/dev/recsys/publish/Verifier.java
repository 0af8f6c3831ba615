package dev.recsys.publish;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.NotFoundException;
import dev.recsys.RecsysException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.publish.VerifyReport.Damage;
import dev.recsys.store.BlobKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads everything that a scope's pointer refers to, and reports what is not as it was written. */
final class Verifier {
    private final ArtifactLoader loader;
    private final PointerReads pointers;
    private final List<Damage> damages = new ArrayList<>();
    private final Map<BlobKey, Use> uses = new LinkedHashMap<>();
    private int revisions;
    private final Set<Long> releases = new HashSet<>();

    private Verifier(ArtifactLoader loader, PointerReads pointers) {
        this.loader = loader;
        this.pointers = pointers;
    }

    private record Use(Manifest manifest, ArtifactType type, long sizeBytes, List<Long> releases) {}

    static VerifyReport verify(ArtifactLoader loader, PointerReads pointers, Scope scope) {
        return MovingPointer.settled(
                pointers,
                scope,
                current -> look(loader, pointers, current),
                report -> report.damages().isEmpty());
    }

    private static VerifyReport look(ArtifactLoader loader, PointerReads pointers, StoredPointer current) {
        Verifier verifier = new Verifier(loader, pointers);
        verifier.checkIsNewest(current.pointer());
        Pointer oldest = verifier.walkHistory(current);
        verifier.addExceptions(current.pointer());
        return verifier.readArtifacts(oldest.toRevision(oldest.equals(current.pointer())));
    }

    private void checkIsNewest(Pointer current) {
        try {
            pointers.requireNotPutBack(current);
        } catch (DamagedException e) {
            damages.add(new Damage(ScopeKeys.current(current.scope()).path(), List.of(), message(e)));
        }
    }

    /**
     * Every revision names its parent by identity and digest, so that a changed or exchanged entry shows. Returns the oldest
     * that was read.
     */
    private Pointer walkHistory(StoredPointer current) {
        Scope scope = current.pointer().scope();
        StoredPointer revision = current;
        collect(current.pointer(), current.pointer());
        while (revision.pointer().parent().isPresent()) {
            Pointer.Parent parent = revision.pointer().parent().get();
            BlobKey key = ScopeKeys.history(scope, revision.pointer().epoch(), parent.seq());
            Optional<StoredPointer> found = readParent(scope, revision.pointer(), parent, key);
            if (found.isEmpty()) {
                return revision.pointer();
            }
            revision = found.get();
            collect(current.pointer(), revision.pointer());
        }
        return revision.pointer();
    }

    private Optional<StoredPointer> readParent(Scope scope, Pointer child, Pointer.Parent parent, BlobKey key) {
        try {
            Optional<StoredPointer> found = pointers.historyUpTo(scope, child.epoch(), parent.seq());
            if (found.isEmpty()) {
                damages.add(new Damage(key.path(), List.of(), "missing; older revisions cannot be checked"));
            } else if (!found.get().sha256().equals(parent.sha256())) {
                damages.add(new Damage(
                        key.path(),
                        List.of(),
                        "its digest is " + found.get().sha256() + ", its successor expects " + parent.sha256()));
            }
            return found;
        } catch (DamagedException | NewerFormatException e) {
            damages.add(new Damage(key.path(), List.of(), message(e)));
            return Optional.empty();
        }
    }

    private void collect(Pointer current, Pointer revision) {
        revisions++;
        boolean isCurrent = revision.seq() == current.seq() && revision.release() > 0;
        if (!isCurrent && !(ReleaseHistory.isShip(revision) && current.retains(revision.release()))) {
            return;
        }
        if (!releases.add(revision.release())) {
            return;
        }
        Manifest manifest = revision.manifest().value();
        manifest.artifacts()
                .forEach((type, ref) -> uses.computeIfAbsent(
                                ref.key(), key -> new Use(manifest, type, ref.sizeBytes(), new ArrayList<>()))
                        .releases()
                        .add(revision.release()));
    }

    /** What is kept one by one may lie beyond a revision without a parent. */
    private void addExceptions(Pointer current) {
        current.retention().exceptions().filter(id -> !releases.contains(id)).forEach(id -> {
            try {
                collect(current, new ReleaseHistory(pointers).release(current, id));
            } catch (NotFoundException | DamagedException | NewerFormatException e) {
                damages.add(new Damage(ScopeKeys.historyPrefix(current.scope()), List.of(id), message(e)));
            }
        });
    }

    private VerifyReport readArtifacts(Revision oldest) {
        Scope scope = oldest.scope();
        long sizeBytes = 0;
        for (Map.Entry<BlobKey, Use> entry : uses.entrySet()) {
            Use use = entry.getValue();
            sizeBytes += use.sizeBytes();
            try {
                loader.load(scope, use.manifest(), use.type());
            } catch (DamagedException | NewerFormatException e) {
                damages.add(new Damage(entry.getKey().path(), use.releases(), message(e)));
            }
        }
        return new VerifyReport(scope, revisions, oldest, releases.size(), uses.size(), sizeBytes, damages);
    }

    private static String message(RecsysException e) {
        return String.valueOf(e.getMessage());
    }
}
