package dev.recsys.examples;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes a host's own signals: what sells, and what is sold together, simply counted. Everything is counted in sorted
 * maps, so that the same sales give the same bytes.
 */
final class SalesBuild {
    private static final int NEIGHBOURS = 20;
    private static final Comparator<ScoredItem> BEST_FIRST =
            Comparator.comparing(ScoredItem::score).reversed().thenComparing(ScoredItem::itemId);

    private final SortedMap<String, Set<String>> baskets = new TreeMap<>();
    private final SortedMap<String, Integer> sold = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Integer>> together = new TreeMap<>();

    private SalesBuild(List<Sale> sales) {
        for (Sale sale : sales) {
            sold.merge(sale.item(), 1, Integer::sum);
            baskets.computeIfAbsent(sale.basket(), unseen -> new TreeSet<>()).add(sale.item());
        }
        baskets.values().forEach(this::countPairs);
    }

    /** Writes the build of some sales into a folder; without sales it is an empty build, which no gate lets pass. */
    static Build write(Path folder, Scope scope, List<Sale> sales) throws IOException {
        SalesBuild counted = new SalesBuild(sales);
        try (BuildWriter build = BuildWriter.into(folder, scope, "sku")) {
            counted.writePopularity(build);
            counted.writeNeighbours(build);
            Instant oldest =
                    sales.stream().map(Sale::at).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
            Instant newest =
                    sales.stream().map(Sale::at).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
            return build.finish(
                    new Window(oldest, newest.plusMillis(1)), newest, Map.of("sales", String.valueOf(sales.size())));
        }
    }

    private void countPairs(Set<String> basket) {
        for (String item : basket) {
            for (String other : basket) {
                if (!item.equals(other)) {
                    together.computeIfAbsent(item, unseen -> new TreeMap<>()).merge(other, 1, Integer::sum);
                }
            }
        }
    }

    private void writePopularity(BuildWriter build) throws IOException {
        try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
            table.row("", bestFirst(sold, sold.size()));
            table.finish();
        }
    }

    private void writeNeighbours(BuildWriter build) throws IOException {
        try (TableWriter table = build.table(ArtifactType.COOC, TableForm.PACKED, RowKeys.ITEMS)) {
            for (Map.Entry<String, SortedMap<String, Integer>> row : together.entrySet()) {
                table.row(row.getKey(), bestFirst(row.getValue(), NEIGHBOURS));
            }
            table.finish();
        }
    }

    private static List<ScoredItem> bestFirst(SortedMap<String, Integer> counts, int most) {
        List<ScoredItem> row = new ArrayList<>();
        counts.forEach((item, count) -> row.add(new ScoredItem(item, count)));
        row.sort(BEST_FIRST);
        return row.subList(0, Math.min(most, row.size()));
    }
}
