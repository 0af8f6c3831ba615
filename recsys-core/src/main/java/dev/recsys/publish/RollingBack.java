package dev.recsys.publish;

import dev.recsys.DamagedException;
import dev.recsys.artifact.Hold;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Release;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.StoredPointer;
import java.util.Optional;

/** Rolls back: find the target, read its artifacts, commit its manifest again; never over what somebody else decided. */
final class RollingBack {
    private final Author author;
    private final ReleaseHistory releases;
    private final ArtifactLoader loader;
    private final Committer committer;
    private final Rebasing rebasing;

    RollingBack(Author author, ReleaseHistory releases, ArtifactLoader loader, Committer committer, Rebasing rebasing) {
        this.author = author;
        this.releases = releases;
        this.loader = loader;
        this.committer = committer;
        this.rebasing = rebasing;
    }

    Release rollBack(RollbackRequest request) {
        StoredPointer firstRead = releases.current(request.scope());
        long lease = request.expectedCurrent().orElse(firstRead.pointer().release());
        StoredPointer base = firstRead;
        for (int tries = 1; ; tries++) {
            Pointer pointer = base.pointer();
            if (pointer.release() != lease) {
                throw Rebasing.conflict("rollback", pointer);
            }
            Pointer target = request.target().isPresent()
                    ? releases.release(pointer, request.target().getAsLong())
                    : releases.previous(pointer);
            if (target.release() == pointer.release()) {
                return new Release(pointer.toRevision(true), true);
            }
            Optional<StoredPointer> movedOn = requireWhole(target, base, tries);
            if (movedOn.isPresent()) {
                base = movedOn.get();
                continue;
            }
            Pointer next = rolledBack(request, base, target);
            Committer.Finding finding = committer.commit(Optional.of(base), next);
            if (finding.state() == Committer.State.COMMITTED) {
                return new Release(next.toRevision(true), false);
            }
            base = rebasing.requireOnly(Rebasing.HARMLESS, next, finding, tries);
        }
    }

    /** Returns where to start again if the target may have been collected while it was read. */
    private Optional<StoredPointer> requireWhole(Pointer target, StoredPointer base, int tries) {
        Manifest manifest = target.manifest().value();
        try {
            manifest.artifacts().keySet().forEach(type -> loader.load(target.scope(), manifest, type));
            return Optional.empty();
        } catch (DamagedException e) {
            return Optional.of(rebasing.requireMovedOn(Rebasing.HARMLESS, "rollback", base, e, tries));
        }
    }

    private Pointer rolledBack(RollbackRequest request, StoredPointer base, Pointer target) {
        Pointer next = base.pointer()
                .next(base.sha256(), author.newTx(), author.now(), author.operation("rollback", request.reason()))
                .withRelease(target.release(), target.manifest())
                .withQuarantined(releases.quarantineAfter(base.pointer(), target));
        return request.holds()
                ? next.withHold(Optional.of(new Hold(author.by(), request.reason(), Optional.empty())))
                : next;
    }
}
