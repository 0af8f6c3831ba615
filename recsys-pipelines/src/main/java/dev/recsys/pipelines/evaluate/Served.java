package dev.recsys.pipelines.evaluate;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.signals.ItemModel;
import dev.recsys.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tables that would be served, under one numbering of items. Immutable, shared by the threads. */
final class Served {
    private static final String EVERYBODY = "";

    private final KnownItems items;
    private final SortedMap<ArtifactType, ItemModel> neighbours = new TreeMap<>();
    private final double[] popularity; // [item], or empty
    private final int[] popularityPlace; // [item] from 0 in the popular items' row, or MAX_VALUE

    /**
     * Takes tables of one training.
     *
     * @throws IllegalArgumentException if there is no table
     */
    Served(Events train, Map<ArtifactType, Table> tables) {
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("there is no signal to evaluate");
        }
        this.items = new KnownItems(train, new TreeMap<>(tables).values());
        Optional<Table> popular = Optional.ofNullable(tables.get(ArtifactType.POPULARITY));
        this.popularity = new double[popular.isPresent() ? items.size() : 0];
        this.popularityPlace = new int[popularity.length];
        popular.ifPresent(this::takeEverybody);
        tables.forEach((type, table) -> {
            if (!type.equals(ArtifactType.POPULARITY)) {
                neighbours.put(type, new NeighbourRows(table, items));
            }
        });
    }

    /** Takes one model in memory, whose items are those of its training. */
    Served(Events train, ArtifactType type, ItemModel model) {
        this.items = new KnownItems(train, List.of());
        this.popularity = new double[0];
        this.popularityPlace = new int[0];
        neighbours.put(type, model);
    }

    KnownItems items() {
        return items;
    }

    /** Returns the signals that have neighbours of items, in the order of their names. */
    SortedMap<ArtifactType, ItemModel> neighbours() {
        return neighbours;
    }

    boolean hasPopularity() {
        return popularity.length > 0;
    }

    double popularity(int item) {
        return popularity[item];
    }

    int popularityPlace(int item) {
        return popularityPlace[item];
    }

    private void takeEverybody(Table table) {
        Arrays.fill(popularityPlace, Integer.MAX_VALUE);
        int row = table.rowOf(EVERYBODY);
        if (row < 0) {
            return;
        }
        for (int position = table.rowStart(row); position < table.rowEnd(row); position++) {
            int item = items.indexOf(table.itemId(table.item(position)));
            popularity[item] = table.score(row, position);
            popularityPlace[item] = position - table.rowStart(row);
        }
    }
}
