package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.evaluate.BasketMetrics;
import dev.recsys.pipelines.evaluate.BasketProtocol;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuiltArtifact;
import dev.recsys.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds from the events before the split, opens what was written, and tests it on the sessions after the split. */
final class EvaluationRun {
    private final BuildSettings settings;

    EvaluationRun(BuildSettings settings) {
        this.settings = settings;
    }

    EvaluationReport run(EventReader.Result read, Instant split) throws IOException {
        Events train = read.events().before(split);
        Path directory = Files.createTempDirectory("recsys-evaluate-");
        try {
            Baskets trainBaskets = Baskets.of(train, settings.sessions);
            Build build = new BuildRun(settings).write(train, trainBaskets, List.of(), Map.of(), directory);
            BasketProtocol protocol = new BasketProtocol(
                    table(build, ArtifactType.COOC), table(build, ArtifactType.POPULARITY), settings.listener);
            Baskets baskets = Baskets.of(read.events(), settings.sessions);
            BasketMetrics metrics = protocol.run(read.events(), baskets, split);
            return new EvaluationReport(split, train.size(), metrics, read.report());
        } finally {
            delete(directory);
        }
    }

    private static Optional<Table> table(Build build, ArtifactType type) throws IOException {
        BuiltArtifact artifact = build.artifacts().get(type);
        return artifact == null ? Optional.empty() : Optional.of(Table.open(artifact.file()));
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
