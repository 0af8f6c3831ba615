package dev.recsys.internal.pointer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Window;
import dev.recsys.internal.JsonDocument;
import dev.recsys.internal.artifact.CountsDocument;
import dev.recsys.store.BlobKey;
import dev.recsys.store.Sha256;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A manifest with the JSON it was read from, so that a copy of it keeps fields that a newer writer added.
 *
 * @param value what this version understands of it
 * @param json the object as it stands in the pointer
 */
public record ManifestDocument(Manifest value, ObjectNode json) {
    private static final String NONE = "none";
    private static final long MAX_ARTIFACT_BYTES =
            1L << 36; // more than the largest table: 2^31 entries of 8 bytes, and ids

    /** Returns the manifest of a surface that nothing was shipped to yet. */
    public static ManifestDocument empty(Instant now) {
        return of(new Manifest(now, new TreeMap<>(), NONE, new TreeMap<>()));
    }

    /** Writes a manifest. */
    public static ManifestDocument of(Manifest manifest) {
        ObjectNode json = JsonDocument.newObject();
        json.put("updated_at", manifest.updatedAt().toString());
        manifest.window().ifPresent(window -> putWindow(json, window));
        manifest.watermark().ifPresent(watermark -> json.put("watermark", watermark.toString()));
        ObjectNode artifacts = json.putObject("artifacts");
        manifest.artifacts().forEach((type, ref) -> putRef(artifacts.putObject(type.name()), ref));
        json.put("compatibility_group", manifest.compatibilityGroup());
        ObjectNode evidence = json.putObject("evidence");
        manifest.evidence().forEach(evidence::put);
        return new ManifestDocument(manifest, json);
    }

    /** Reads a manifest; a key that lies outside the scope is refused. */
    static ManifestDocument parse(Scope scope, JsonDocument document) {
        JsonDocument byType = document.object("artifacts");
        SortedMap<ArtifactType, ArtifactRef> artifacts = new TreeMap<>();
        for (String name : byType.fields()) {
            ArtifactType type = type(byType, name);
            artifacts.put(type, parseRef(scope, type, byType.object(name)));
        }
        JsonDocument recorded = document.object("evidence");
        SortedMap<String, String> evidence = new TreeMap<>();
        recorded.fields().forEach(field -> evidence.put(field, recorded.text(field)));
        Manifest manifest =
                new Manifest(document.instant("updated_at"), artifacts, document.text("compatibility_group"), evidence);
        return new ManifestDocument(manifest, document.node());
    }

    private static ArtifactType type(JsonDocument byType, String name) {
        try {
            return new ArtifactType(name);
        } catch (IllegalArgumentException e) {
            throw byType.unexpected(name, "the name of an artifact type (" + e.getMessage() + ")");
        }
    }

    private static ArtifactRef parseRef(Scope scope, ArtifactType type, JsonDocument node) {
        BlobKey key = node.parsed("key", "a key", BlobKey::new);
        String prefix = ScopeKeys.artifactPrefix(scope, type);
        if (!key.path().startsWith(prefix) || key.isRegister()) {
            throw node.unexpected("key", "a blob's key below " + prefix);
        }
        JsonDocument window = node.object("window");
        Instant from = window.instant("from");
        Instant to = window.instant("to");
        if (to.isBefore(from)) {
            throw node.unexpected("window", "a window that does not end before it starts");
        }
        return new ArtifactRef(
                key,
                node.parsed("sha256", "a SHA-256", Sha256::new),
                node.number("bytes", 1, MAX_ARTIFACT_BYTES),
                node.smallNumber("format", 1),
                node.number("rows", 0),
                new Window(from, to),
                node.instant("watermark"),
                CountsDocument.parse(node));
    }

    private static void putRef(ObjectNode json, ArtifactRef ref) {
        json.put("key", ref.key().path());
        json.put("sha256", ref.sha256().hex());
        json.put("bytes", ref.sizeBytes());
        json.put("format", ref.format());
        json.put("rows", ref.rows());
        putWindow(json, ref.window());
        json.put("watermark", ref.watermark().toString());
        CountsDocument.put(json, ref.counts());
    }

    private static void putWindow(ObjectNode json, Window window) {
        json.putObject("window")
                .put("from", window.from().toString())
                .put("to", window.to().toString());
    }
}
