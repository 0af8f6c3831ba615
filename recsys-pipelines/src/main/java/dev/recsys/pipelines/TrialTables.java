package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuiltArtifact;
import dev.recsys.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds tables as they would be shipped, into a folder of their own that is deleted again, and opens them. */
final class TrialTables {
    private TrialTables() {}

    static Map<ArtifactType, Table> of(
            BuildSettings settings, Events train, Baskets baskets, List<ItemAttributes> items) throws IOException {
        Path directory = Files.createTempDirectory("recsys-evaluate-");
        try {
            Build build = new BuildRun(settings).write(train, baskets, items, Map.of(), directory);
            Map<ArtifactType, Table> tables = new TreeMap<>();
            for (BuiltArtifact artifact : build.artifacts().values()) {
                tables.put(artifact.type(), Table.open(artifact.file()));
            }
            return tables;
        } finally {
            delete(directory);
        }
    }

    /** Deletes a folder of files. */
    static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
