package dev.recsys.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.internal.JsonDocument;
import dev.recsys.internal.artifact.CountsDocument;
import dev.recsys.store.Sha256;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The file {@code build.json}, which is written last and makes a folder a build. */
final class BuildDescription {
    static final String FILE = "build.json";

    private static final int FORMAT = 1;

    private BuildDescription() {}

    static byte[] bytes(Build build) {
        ObjectNode root = JsonDocument.newObject();
        root.put("format", FORMAT);
        root.put("tenant", build.scope().tenant());
        root.put("surface", build.scope().surface());
        root.put("compatibility_group", build.compatibilityGroup());
        ObjectNode artifacts = root.putObject("artifacts");
        build.artifacts().forEach((type, artifact) -> put(artifacts.putObject(type.name()), artifact));
        ObjectNode evidence = root.putObject("evidence");
        build.evidence().forEach(evidence::put);
        return JsonDocument.bytes(root);
    }

    private static void put(ObjectNode node, BuiltArtifact artifact) {
        node.put("file", String.valueOf(artifact.file().getFileName()));
        node.put("sha256", artifact.sha256().hex());
        node.put("bytes", artifact.sizeBytes());
        node.put("format", artifact.format());
        node.put("rows", artifact.rows());
        node.putObject("window")
                .put("from", artifact.window().from().toString())
                .put("to", artifact.window().to().toString());
        node.put("watermark", artifact.watermark().toString());
        CountsDocument.put(node, artifact.counts());
    }

    static Build parse(Path directory, byte[] bytes) {
        JsonDocument root = JsonDocument.parse(directory.resolve(FILE).toString(), bytes);
        long format = root.number("format", 1);
        if (format > FORMAT) {
            throw new NewerFormatException(root.name() + " is of format " + format
                    + "; this version of recsys reads up to " + FORMAT + ". Upgrade recsys here.");
        }
        try {
            return parse(directory, root);
        } catch (IllegalArgumentException e) {
            throw new DamagedException(root.name() + " is not sound: " + e.getMessage(), e);
        }
    }

    private static Build parse(Path directory, JsonDocument root) {
        List<BuiltArtifact> artifacts = new ArrayList<>();
        JsonDocument byType = root.object("artifacts");
        for (String name : byType.fields()) {
            artifacts.add(artifact(directory, new ArtifactType(name), byType.object(name)));
        }
        JsonDocument recorded = root.object("evidence");
        SortedMap<String, String> evidence = new TreeMap<>();
        recorded.fields().forEach(field -> evidence.put(field, recorded.text(field)));
        return new Build(
                new Scope(root.text("tenant"), root.text("surface")),
                root.text("compatibility_group"),
                artifacts,
                evidence);
    }

    private static BuiltArtifact artifact(Path directory, ArtifactType type, JsonDocument node) {
        String file = node.text("file");
        if (!file.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
            throw node.unexpected("file", "the name of a file beside " + FILE);
        }
        JsonDocument window = node.object("window");
        return new BuiltArtifact(
                type,
                directory.resolve(file),
                node.parsed("sha256", "a SHA-256", Sha256::new),
                node.number("bytes", 1),
                node.smallNumber("format", 1),
                node.number("rows", 0),
                new Window(window.instant("from"), window.instant("to")),
                node.parsed("watermark", "an instant", Instant::parse),
                CountsDocument.parse(node));
    }
}
