package dev.recsys.internal.rank;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.table.Catalogue;
import dev.recsys.table.RowKeys;
import dev.recsys.table.Table;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tables of one release as the ranking looks at them. Immutable.
 *
 * @param catalogue numbers the items of all tables
 * @param neighbours the tables that have a row of neighbours for an item, by type
 * @param popularity the table that lists items by popularity, if the release has one
 */
public record ReleaseTables(
        Catalogue catalogue, SortedMap<ArtifactType, Table> neighbours, Optional<Table> popularity) {
    private static final String EVERYBODY = "";

    /** Takes tables that are numbered as the catalogue says; those that no signal is made of are left aside. */
    public static ReleaseTables of(Catalogue catalogue, Map<ArtifactType, Table> tables) {
        SortedMap<ArtifactType, Table> neighbours = new TreeMap<>();
        tables.forEach((type, table) -> {
            if (table.rowKeys() == RowKeys.ITEMS && !type.equals(ArtifactType.POPULARITY)) {
                neighbours.put(type, table);
            }
        });
        Optional<Table> popularity = Optional.ofNullable(tables.get(ArtifactType.POPULARITY))
                .filter(table -> table.rowKeys() == RowKeys.LABELS && table.rowOf(EVERYBODY) >= 0);
        return new ReleaseTables(catalogue, neighbours, popularity);
    }

    /** Returns the row of what is popular with everybody; only where there is a popularity table. */
    static int everybody(Table popularity) {
        return popularity.rowOf(EVERYBODY);
    }
}
