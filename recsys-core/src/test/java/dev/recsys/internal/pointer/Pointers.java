package dev.recsys.internal.pointer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Hold;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision.Operation;
import dev.recsys.artifact.TableCounts;
import dev.recsys.artifact.Window;
import dev.recsys.internal.JsonDocument;
import dev.recsys.internal.pointer.Pointer.Parent;
import dev.recsys.store.Sha256;
import dev.recsys.trust.TrustList;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Pointers for tests, and their bytes with something changed. */
final class Pointers {
    static final Scope SCOPE = new Scope("acme", "home");
    static final Instant NOW = Instant.parse("2026-02-01T00:00:00.123456789Z");

    private Pointers() {}

    static Sha256 digest(int number) {
        return Sha256.of(new byte[] {(byte) number});
    }

    /** A pointer in which every field that can be there is there. */
    static Pointer full() {
        return new Pointer(
                SCOPE,
                2,
                9,
                "tx-9",
                Optional.of(new Parent(8, "tx-8", digest(8))),
                NOW,
                new Operation("rollback", "ann", "it was bad: \"öde\""),
                4,
                ManifestDocument.of(manifest()),
                Optional.of(new Hold("ann", "until it is mended", Optional.of(NOW.plusSeconds(60)))),
                List.of(digest(1), digest(2)),
                new Retention(3, List.of(new Retention.Retired(1, 5)), List.of(2L)),
                7);
    }

    private static Manifest manifest() {
        Window window = new Window(NOW.minusSeconds(3600), NOW);
        Optional<TableCounts> counts = Optional.of(new TableCounts(10, 1, 40, 20));
        Map<ArtifactType, ArtifactRef> artifacts = new TreeMap<>();
        for (ArtifactType type : List.of(ArtifactType.COOC, ArtifactType.POPULARITY)) {
            artifacts.put(
                    type,
                    new ArtifactRef(
                            ScopeKeys.artifact(SCOPE, type, digest(3), "tx-4"),
                            digest(3),
                            100,
                            1,
                            10,
                            window,
                            NOW,
                            counts));
        }
        return new Manifest(NOW, new TreeMap<>(artifacts), "sku", new TreeMap<>(Map.of("events", "12")));
    }

    /** The envelope around a payload in which something was changed, as a newer writer would write it. */
    static byte[] rewritten(Pointer pointer, Consumer<ObjectNode> change) {
        ObjectNode payload =
                JsonDocument.parse("test", PointerCodec.payload(pointer)).node();
        change.accept(payload);
        return Envelope.wrap(JsonDocument.bytes(payload), List.of());
    }

    /** The envelope around any text. */
    static byte[] wrapped(String payload) {
        return Envelope.wrap(payload.getBytes(StandardCharsets.UTF_8), List.of());
    }

    static Pointer decode(byte[] bytes) {
        return PointerCodec.decode(TrustList.ANYONE, SCOPE, "the pointer", bytes);
    }
}
