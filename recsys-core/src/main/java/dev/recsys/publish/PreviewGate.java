package dev.recsys.publish;

import dev.recsys.RefusedException;
import dev.recsys.RefusedException.Refusal;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.store.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Asks a preview about a ship. One of another build or another release says nothing about it, and cannot be overridden. */
final class PreviewGate {
    private PreviewGate() {}

    /**
     * Makes sure that the preview, if there is one, is of this ship.
     *
     * @throws RefusedException if it is of another build, or another release is current by now
     */
    static void requireOfThis(ShipRequest request, Optional<Pointer> base) {
        if (request.preview().isEmpty()) {
            return;
        }
        PreviewVerdict verdict = request.preview().get();
        Optional<Pointer> current = base.filter(pointer -> pointer.release() > 0);
        long epoch = current.map(Pointer::epoch).orElse(0L);
        long release = current.map(Pointer::release).orElse(0L);
        if (!verdict.scope().equals(request.scope()) || verdict.epoch() != epoch || verdict.release() != release) {
            throw refused(
                    request,
                    "the preview compared with release " + verdict.release() + " of epoch " + verdict.epoch() + " of "
                            + verdict.scope() + ", and release " + release + " of epoch " + epoch + " of "
                            + request.scope() + " is current. Preview again.");
        }
        if (!verdict.artifacts().equals(digests(request, current))) {
            throw refused(
                    request,
                    "the preview was of other artifacts than would be current after this ship: another build, or with"
                            + " other artifacts kept. Preview this build, with merge or without as it is shipped.");
        }
    }

    private static Map<ArtifactType, Sha256> digests(ShipRequest request, Optional<Pointer> current) {
        SortedMap<ArtifactType, Sha256> digests = new TreeMap<>();
        if (request.merges()) {
            current.ifPresent(
                    pointer -> digests.putAll(pointer.manifest().value().digests()));
        }
        request.build().artifacts().forEach((type, artifact) -> digests.put(type, artifact.sha256()));
        return digests;
    }

    private static RefusedException refused(ShipRequest request, String detail) {
        return new RefusedException(request.scope(), List.of(new Refusal(Gate.PREVIEW.toString(), detail)));
    }

    /** Returns what speaks against the ship, with the figures. */
    static Optional<String> objection(ShipRequest request) {
        return request.preview()
                .filter(verdict -> !verdict.objections().isEmpty())
                .map(
                        verdict -> verdict.figures() + ": " + String.join("; ", verdict.objections())
                                + ". Look at the preview; to ship all the same, override the gate (ship --force), with a reason.");
    }
}
