package dev.recsys.publish;

import dev.recsys.DamagedException;
import dev.recsys.RefusedException;
import dev.recsys.RefusedException.Refusal;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Hold;
import dev.recsys.artifact.Manifest;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.table.RowKeys;
import dev.recsys.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Asks every gate about one ship, before anything is uploaded. */
final class GateKeeper {
    private static final Set<ArtifactType> NEIGHBOURS =
            Set.of(ArtifactType.COOC, ArtifactType.IMPLICIT, ArtifactType.CONTENT_SIM, ArtifactType.SESSION_SEQ);

    private final GateLimits limits;

    GateKeeper(GateLimits limits) {
        this.limits = limits;
    }

    /**
     * Returns the gates that would refuse and are overridden.
     *
     * @throws RefusedException if a gate refuses that is not overridden
     * @throws DamagedException if a file is not what its build says; no override helps
     */
    Set<Gate> check(ShipRequest request, Optional<Pointer> base, Instant now) {
        PreviewGate.requireOfThis(request, base);
        Build build = request.build();
        List<Finding> findings = new ArrayList<>();
        base.flatMap(Pointer::hold).filter(hold -> hold.standsAt(now)).ifPresent(hold -> findings.add(held(hold)));
        if (build.artifacts().isEmpty()) {
            findings.add(new Finding(Gate.EMPTY, "the build has no artifacts"));
        }
        base.map(pointer -> pointer.manifest().value()).ifPresent(current -> checkDropped(request, current, findings));
        for (BuiltArtifact artifact : build.artifacts().values()) {
            Optional<ArtifactRef> current =
                    base.flatMap(pointer -> pointer.manifest().value().artifact(artifact.type()));
            base.ifPresent(pointer -> checkQuarantine(artifact, pointer, findings));
            checkSize(artifact, findings);
            Table table = build.open(artifact.type());
            if (artifact.rows() == 0) {
                findings.add(empty(artifact));
                continue;
            }
            checkShrink(artifact, current, findings);
            checkAge(artifact, base, findings);
            checkSchema(artifact, table, findings);
        }
        PreviewGate.objection(request).ifPresent(detail -> findings.add(new Finding(Gate.PREVIEW, detail)));
        return refuseUnlessOverridden(request, findings);
    }

    /**
     * Asks the gates that look at no file, for a build whose files are elsewhere still.
     *
     * @throws RefusedException if one refuses that is not overridden
     */
    void checkUnread(ShipRequest request, Optional<Pointer> base, Instant now) {
        List<Finding> findings = new ArrayList<>();
        base.flatMap(Pointer::hold).filter(hold -> hold.standsAt(now)).ifPresent(hold -> findings.add(held(hold)));
        base.map(pointer -> pointer.manifest().value()).ifPresent(current -> checkDropped(request, current, findings));
        for (BuiltArtifact artifact : request.build().artifacts().values()) {
            Optional<ArtifactRef> current =
                    base.flatMap(pointer -> pointer.manifest().value().artifact(artifact.type()));
            base.ifPresent(pointer -> checkQuarantine(artifact, pointer, findings));
            checkSize(artifact, findings);
            checkShrink(artifact, current, findings);
            checkAge(artifact, base, findings);
        }
        refuseUnlessOverridden(request, findings);
    }

    private record Finding(Gate gate, String detail) {}

    private static Set<Gate> refuseUnlessOverridden(ShipRequest request, List<Finding> findings) {
        Set<Gate> overridden = EnumSet.noneOf(Gate.class);
        List<Refusal> refusals = new ArrayList<>();
        for (Finding finding : findings) {
            if (request.overrides(finding.gate())) {
                overridden.add(finding.gate());
            } else {
                refusals.add(new Refusal(finding.gate().toString(), finding.detail()));
            }
        }
        if (!refusals.isEmpty()) {
            throw new RefusedException(request.scope(), refusals);
        }
        return overridden;
    }

    private static Finding held(Hold hold) {
        String until = hold.until().map(instant -> " until " + instant).orElse("");
        return new Finding(
                Gate.HOLD,
                "held by " + hold.by() + until + ": " + hold.reason()
                        + ". Lift the hold with unhold when the cause is mended.");
    }

    private static void checkDropped(ShipRequest request, Manifest current, List<Finding> findings) {
        for (ArtifactType type : current.artifacts().keySet()) {
            if (!request.merges() && !request.build().artifacts().containsKey(type)) {
                findings.add(new Finding(
                        Gate.SHRINK,
                        "the current release has an artifact " + type
                                + " and the build has none. Build it too, or merge to keep the current one."));
            }
        }
    }

    private static void checkQuarantine(BuiltArtifact artifact, Pointer base, List<Finding> findings) {
        if (base.quarantined().contains(artifact.sha256())) {
            findings.add(new Finding(
                    Gate.QUARANTINED,
                    "artifact " + artifact.type() + " (" + artifact.sha256()
                            + ") was rolled back before. Ship a build that differs from it."));
        }
    }

    private void checkSize(BuiltArtifact artifact, List<Finding> findings) {
        if (artifact.sizeBytes() > limits.maxArtifactBytes()) {
            findings.add(new Finding(
                    Gate.SIZE,
                    "artifact " + artifact.type() + " has " + artifact.sizeBytes() + " bytes; at most "
                            + limits.maxArtifactBytes() + " are allowed"));
        }
    }

    private static Finding empty(BuiltArtifact artifact) {
        return new Finding(
                Gate.EMPTY,
                "artifact " + artifact.type() + " covers no item. Look at what the build set aside, and at its input.");
    }

    private void checkShrink(BuiltArtifact artifact, Optional<ArtifactRef> current, List<Finding> findings) {
        long before = current.map(ArtifactRef::rows).orElse(0L);
        if (artifact.rows() < before * (1 - limits.maxShrink())) {
            findings.add(new Finding(
                    Gate.SHRINK,
                    String.format(
                            Locale.ROOT,
                            "artifact %s covers %d items, the current one %d: %.1f %% less, at most %.1f %% are allowed",
                            artifact.type(),
                            artifact.rows(),
                            before,
                            100.0 * (before - artifact.rows()) / before,
                            100.0 * limits.maxShrink())));
        }
    }

    private static void checkAge(BuiltArtifact artifact, Optional<Pointer> base, List<Finding> findings) {
        Optional<Manifest> manifest = base.map(pointer -> pointer.manifest().value());
        Optional<ArtifactRef> current = manifest.flatMap(value -> value.artifact(artifact.type()));
        if (manifest.isEmpty() || current.isEmpty()) {
            return;
        }
        ArtifactRef ref = current.get();
        if (artifact.watermark().isBefore(ref.watermark())) {
            findings.add(new Finding(
                    Gate.OLDER_WINDOW,
                    "the newest event of artifact " + artifact.type() + " is of " + artifact.watermark()
                            + ", that of the current one of " + ref.watermark()
                            + ". Build from newer events."));
        } else if (endsEarlier(artifact, ref, manifest.get().updatedAt())) {
            findings.add(new Finding(
                    Gate.OLDER_WINDOW,
                    "the window of artifact " + artifact.type() + " ends at "
                            + artifact.window().to() + ", that of the current one, with an equally new event, at "
                            + ref.window().to() + ". Build a newer window."));
        }
    }

    /** An end that lies after the release was made is none: that window was left open. */
    private static boolean endsEarlier(BuiltArtifact artifact, ArtifactRef current, Instant made) {
        Instant end = current.window().to();
        return artifact.watermark().equals(current.watermark())
                && artifact.window().to().isBefore(end)
                && !end.isAfter(made);
    }

    private static void checkSchema(BuiltArtifact artifact, Table table, List<Finding> findings) {
        if (artifact.type().equals(ArtifactType.POPULARITY) && table.rowKeys() != RowKeys.LABELS) {
            findings.add(new Finding(Gate.SCHEMA, "artifact popularity has a row an item; expected rows with labels"));
        } else if (artifact.type().equals(ArtifactType.POPULARITY)
                && table.row("").isEmpty()) {
            findings.add(new Finding(
                    Gate.SCHEMA,
                    "artifact popularity has no items in the row with the empty label, which is for everybody"));
        }
        if (NEIGHBOURS.contains(artifact.type()) && table.rowKeys() != RowKeys.ITEMS) {
            findings.add(new Finding(
                    Gate.SCHEMA, "artifact " + artifact.type() + " has rows with labels; expected a row an item"));
        }
    }
}
