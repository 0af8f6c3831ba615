package dev.recsys.benchmarks;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.Similarity;
import dev.recsys.publish.Build;
import dev.recsys.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The file to the artifact of a build, by the public API. */
final class CsvRecsys implements CsvBuild {
    private final Path file;
    private final Path folder;

    CsvRecsys(Path file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    @Override
    public void build() throws IOException {
        var unused = SignalBuild.of(new Scope("bench", "home"), List.of(file))
                .signals(Set.of(ArtifactType.COOC))
                .cooc(CoocSettings.of(Similarity.COSINE).withNeighbours(NEIGHBOURS))
                .into(folder);
    }

    @Override
    public Map<String, List<Neighbour>> rows() throws IOException {
        Table table = RecommendWork.table(Build.at(folder), ArtifactType.COOC);
        Map<String, List<Neighbour>> rows = new HashMap<>();
        for (int row = 0; row < table.rowCount(); row++) {
            List<Neighbour> neighbours = new ArrayList<>();
            for (int position = table.rowStart(row); position < table.rowEnd(row); position++) {
                neighbours.add(new Neighbour(table.itemId(table.item(position)), table.score(row, position)));
            }
            if (!neighbours.isEmpty()) {
                rows.put(table.rowKey(row), neighbours);
            }
        }
        return rows;
    }
}
