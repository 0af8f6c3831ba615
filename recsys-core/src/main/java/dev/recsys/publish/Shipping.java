package dev.recsys.publish;

import dev.recsys.DamagedException;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Release;
import dev.recsys.artifact.Revision.Operation;
import dev.recsys.internal.pointer.ManifestDocument;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.store.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Ships builds: read the base, ask the gates, upload, verify, commit; from the start again where the rule allows it. */
final class Shipping {
    /** Under which name the figures of a preview are recorded. */
    static final String PREVIEW = "preview";

    private static final Set<String> SHIPS = Set.of("ship", "promote");

    private final Author author;
    private final PointerReads pointers;
    private final GateKeeper gates;
    private final Uploader uploader;
    private final Committer committer;
    private final Rebasing rebasing;

    Shipping(
            Author author,
            PointerReads pointers,
            GateKeeper gates,
            Uploader uploader,
            Committer committer,
            Rebasing rebasing) {
        this.author = author;
        this.pointers = pointers;
        this.gates = gates;
        this.uploader = uploader;
        this.committer = committer;
        this.rebasing = rebasing;
    }

    Release ship(ShipRequest request) {
        Optional<StoredPointer> base = base(request);
        for (int tries = 1; ; tries++) {
            if (base.isPresent() && isCurrent(request, base.get().pointer())) {
                return new Release(base.get().pointer().toRevision(true), true);
            }
            Set<Gate> overridden = gates.check(request, base.map(StoredPointer::pointer), author.now());
            Predicate<Pointer> passable = Rebasing.HARMLESS.or(revision -> mayPassOver(request, revision));
            Pointer next = upload(request, base, overridden);
            Optional<StoredPointer> movedOn = requireWhole(request, next, base, passable, tries);
            if (movedOn.isPresent()) {
                base = movedOn;
                continue;
            }
            Committer.Finding finding = committer.commit(base, next);
            if (finding.state() == Committer.State.COMMITTED) {
                return new Release(next.toRevision(true), false);
            }
            base = Optional.of(rebasing.requireOnly(passable, next, finding, tries));
        }
    }

    /** Returns where to start again if what the ship keeps may have been collected meanwhile. */
    private Optional<StoredPointer> requireWhole(
            ShipRequest request, Pointer next, Optional<StoredPointer> base, Predicate<Pointer> passable, int tries) {
        try {
            requireArrived(request, next.manifest().value());
            return Optional.empty();
        } catch (DamagedException e) {
            if (base.isPresent()) {
                return Optional.of(rebasing.requireMovedOn(passable, request.kind(), base.get(), e, tries));
            }
            Optional<StoredPointer> created = pointers.current(next.scope());
            throw created.isPresent()
                    ? Rebasing.conflict(request.kind(), created.get().pointer())
                    : e;
        }
    }

    private void requireArrived(ShipRequest request, Manifest manifest) {
        if (request.isPromotion()) {
            uploader.requireReadable(request.scope(), manifest);
        } else {
            uploader.requireWhole(request.scope(), manifest);
        }
    }

    /**
     * Looks, before its files are there, whether a ship would do anything: returns the release that is current already.
     *
     * @throws dev.recsys.RefusedException if a gate refuses that needs no file
     */
    Optional<Release> alreadyCurrent(ShipRequest request) {
        Optional<Pointer> base = base(request).map(StoredPointer::pointer);
        if (base.isPresent() && isCurrent(request, base.get())) {
            return Optional.of(new Release(base.get().toRevision(true), true));
        }
        gates.checkUnread(request, base, author.now());
        return Optional.empty();
    }

    private Optional<StoredPointer> base(ShipRequest request) {
        return request.createsSurface()
                ? pointers.currentOrNever(request.scope())
                : Optional.of(pointers.existing(request.scope()));
    }

    /** A ship is passed over by a newer build only; no overridden gate lets an older one through. */
    private static boolean mayPassOver(ShipRequest request, Pointer revision) {
        Manifest theirs = revision.manifest().value();
        return request.rebases()
                && SHIPS.contains(revision.operation().kind())
                && !request.build().artifacts().isEmpty()
                && request.build().artifacts().values().stream()
                        .allMatch(mine -> theirs.artifact(mine.type())
                                .map(ref -> mine.watermark().isAfter(ref.watermark())
                                        || mine.sha256().equals(ref.sha256()))
                                .orElse(true));
    }

    /** Damaged artifacts are not current: shipping the same build again replaces them. */
    private boolean isCurrent(ShipRequest request, Pointer base) {
        Manifest current = base.manifest().value();
        SortedMap<ArtifactType, BuiltArtifact> built = request.build().artifacts();
        if (base.release() == 0
                || (!request.merges() && built.size() != current.artifacts().size())) {
            return false;
        }
        for (BuiltArtifact artifact : built.values()) {
            ArtifactRef ref = current.artifacts().get(artifact.type());
            if (ref == null
                    || !ref.sha256().equals(artifact.sha256())
                    || !ref.window().equals(artifact.window())) {
                return false;
            }
        }
        return uploader.isWhole(request.scope(), current);
    }

    private Pointer upload(ShipRequest request, Optional<StoredPointer> base, Set<Gate> overridden) {
        String tx = author.newTx();
        Instant now = author.now();
        String reason = overridden.isEmpty()
                ? request.reason()
                : request.reason() + " (overridden: "
                        + String.join(
                                ", ", overridden.stream().map(Gate::toString).toList()) + ")";
        Operation operation = new Operation(request.kind(), author.by(), reason);
        SortedMap<ArtifactType, ArtifactRef> refs = new TreeMap<>();
        if (request.merges()) {
            base.ifPresent(stored -> refs.putAll(kept(request, stored.pointer())));
        }
        refs.putAll(uploader.upload(request.build(), tx));
        Manifest manifest = new Manifest(now, refs, request.build().compatibilityGroup(), evidence(request));
        Pointer next = base.map(stored -> stored.pointer().next(stored.sha256(), tx, now, operation))
                .orElseGet(() -> Pointer.first(request.scope(), tx, now, operation));
        List<Sha256> quarantined = new ArrayList<>(next.quarantined());
        quarantined.removeAll(manifest.digests().values());
        return next.withRelease(next.seq(), ManifestDocument.of(manifest))
                .withQuarantined(quarantined)
                .withHold(next.hold().filter(hold -> hold.standsAt(now)));
    }

    private static SortedMap<String, String> evidence(ShipRequest request) {
        SortedMap<String, String> evidence = new TreeMap<>(request.build().evidence());
        request.preview().ifPresent(verdict -> evidence.put(PREVIEW, verdict.figures()));
        return evidence;
    }

    private static SortedMap<ArtifactType, ArtifactRef> kept(ShipRequest request, Pointer base) {
        Manifest current = base.manifest().value();
        String group = request.build().compatibilityGroup();
        if (!current.artifacts().isEmpty() && !current.compatibilityGroup().equals(group)) {
            throw new IllegalArgumentException(
                    "the build's items are of group '" + group + "', those of the current release of "
                            + request.scope() + " of '" + current.compatibilityGroup()
                            + "'; artifacts of different groups cannot be merged");
        }
        return current.artifacts();
    }
}
