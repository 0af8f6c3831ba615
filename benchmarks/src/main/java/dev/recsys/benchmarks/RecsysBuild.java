package dev.recsys.benchmarks;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.CoocSignal;
import dev.recsys.pipelines.signals.SessionSettings;
import dev.recsys.pipelines.signals.Similarity;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableInfo;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Events in memory to an artifact on the disk, on two threads. The ids are in another order than the numbers. */
final class RecsysBuild implements NeighbourBuild {
    private static final int THREADS = 2;
    private static final TableInfo INFO = new TableInfo(new Scope("bench", "home"), ArtifactType.COOC, "sku");

    private final Path file;
    private final TableForm form;
    private final int itemCount;
    private final Events events;

    /** Takes the columns over. */
    RecsysBuild(ShopColumns shop, Path file, TableForm form) {
        this.file = file;
        this.form = form;
        this.itemCount = shop.itemCount();
        List<String> ids = IntStream.range(0, itemCount).mapToObj(this::id).toList();
        this.events = Events.ofColumns(shop.items(), shop.sessions(), shop.millis(), ids);
    }

    @Override
    public void build() throws IOException {
        Files.deleteIfExists(file);
        Baskets baskets = Baskets.of(events, SessionSettings.DEFAULT);
        CoocSettings settings = CoocSettings.of(Similarity.COSINE).withNeighbours(NEIGHBOURS);
        try (TableWriter table = TableWriter.create(file, INFO, form, RowKeys.ITEMS)) {
            new CoocSignal(settings, THREADS, ProgressListener.NONE).write(events, baskets, table);
            table.finish();
        }
    }

    @Override
    public void rows(RowTaker taker) throws IOException {
        Table table = Table.open(file);
        for (int row = 0; row < table.rowCount(); row++) {
            List<ScoredItem> entries = table.row(table.rowKey(row));
            taker.take(
                    number(table.rowKey(row)),
                    entries.stream().mapToInt(entry -> number(entry.itemId())).toArray(),
                    entries.stream().mapToDouble(ScoredItem::score).toArray());
        }
    }

    private String id(int number) {
        return Integer.toString(number % 10) + "-" + number;
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(2));
    }
}
