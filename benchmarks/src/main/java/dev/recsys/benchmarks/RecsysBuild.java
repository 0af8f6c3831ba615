package dev.recsys.benchmarks;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.CoocSignal;
import dev.recsys.pipelines.signals.SessionSettings;
import dev.recsys.pipelines.signals.Similarity;
import dev.recsys.publish.Build;
import dev.recsys.table.RowKeys;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableInfo;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Events in memory, or a file of them, to an artifact on the disk. */
final class RecsysBuild implements NeighbourBuild {
    private static final Scope SCOPE = new Scope("bench", "home");
    private static final CoocSettings COSINE =
            CoocSettings.of(Similarity.COSINE).withNeighbours(NEIGHBOURS);
    private static final int THREADS = 2;

    private final Work work;
    private final Artifact artifact;

    private interface Work {
        void run() throws IOException;
    }

    private interface Artifact {
        Table open() throws IOException;
    }

    private RecsysBuild(Work work, Artifact artifact) {
        this.work = work;
        this.artifact = artifact;
    }

    /** Builds from events in memory, on two threads; takes the columns over. */
    static RecsysBuild ofColumns(ShopColumns shop, Path file, TableForm form) {
        List<String> ids =
                IntStream.range(0, shop.itemCount()).mapToObj(ShopColumns::id).toList();
        Events events = Events.ofColumns(shop.items(), shop.sessions(), shop.millis(), ids);
        TableInfo info = new TableInfo(SCOPE, ArtifactType.COOC, "sku");
        return new RecsysBuild(
                () -> {
                    Files.deleteIfExists(file);
                    Baskets baskets = Baskets.of(events, SessionSettings.DEFAULT);
                    try (TableWriter table = TableWriter.create(file, info, form, RowKeys.ITEMS)) {
                        new CoocSignal(COSINE, THREADS, ProgressListener.NONE).write(events, baskets, table);
                        table.finish();
                    }
                },
                () -> Table.open(file));
    }

    /** Builds from a file, by the public API. */
    static RecsysBuild ofCsv(Path file, Path folder) {
        SignalBuild build = SignalBuild.of(SCOPE, List.of(file))
                .signals(Set.of(ArtifactType.COOC))
                .cooc(COSINE);
        return new RecsysBuild(
                () -> {
                    var unused = build.into(folder);
                },
                () -> RecommendWork.table(Build.at(folder), ArtifactType.COOC));
    }

    @Override
    public void build() throws IOException {
        work.run();
    }

    @Override
    public void rows(RowTaker taker) throws IOException {
        Table table = artifact.open();
        for (int row = 0; row < table.rowCount(); row++) {
            String item = table.rowKey(row);
            taker.take(
                    item,
                    table.row(item).stream()
                            .map(entry -> new Neighbour(entry.itemId(), entry.score()))
                            .toList());
        }
    }
}
