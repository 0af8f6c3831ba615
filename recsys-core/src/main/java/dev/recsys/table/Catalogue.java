package dev.recsys.table;

import dev.recsys.internal.IdPool;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The items of several tables under one numbering. Immutable and safe for concurrent use. */
public final class Catalogue {
    private static final Comparator<Table> BY_SIZE = Comparator.comparingInt(Table::entryCount)
            .thenComparingInt(table -> table.ownIds().size());

    private static final int MOST_EXPECTED = 1 << 27; // IdPool makes room for eight bytes of each

    private final IdPool ids;

    private Catalogue(IdPool ids) {
        this.ids = ids;
    }

    /**
     * Numbers the items of tables: as the largest of them does if it knows all their items, otherwise the largest one's
     * first and then the others'. The largest is the one with the most entries, for it alone keeps its form and its
     * mapping; then the one with the most items; then the first of the list.
     */
    public static Catalogue of(List<Table> tables) {
        IdPool base = tables.stream()
                .reduce((largest, table) -> BY_SIZE.compare(table, largest) > 0 ? table : largest)
                .map(Table::ownIds)
                .orElseGet(() -> new IdPool(0));
        boolean complete = tables.stream().allMatch(table -> isWithin(table.ownIds(), base));
        return new Catalogue(complete ? base : union(base, tables));
    }

    private static boolean isWithin(IdPool ids, IdPool base) {
        if (ids == base || base.beginsWith(ids)) {
            return true;
        }
        for (int i = 0; i < ids.size(); i++) {
            if (base.indexOf(ids.get(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static IdPool union(IdPool base, List<Table> tables) {
        IdPool all = new IdPool(mostItems(tables)); // its index never grows, which would take it twice
        for (int i = 0; i < base.size(); i++) {
            all.add(base.get(i));
        }
        for (Table table : tables) {
            for (int i = 0; i < table.ownIds().size(); i++) {
                all.add(table.ownIds().get(i));
            }
        }
        return all.trimmed();
    }

    private static int mostItems(List<Table> tables) {
        long items = 0;
        for (Table table : tables) {
            items += table.ownIds().size();
        }
        return (int) Math.min(items, MOST_EXPECTED);
    }

    /** Returns the number of items. */
    public int size() {
        return ids.size();
    }

    /** Returns the number of an item, or -1. */
    public int indexOf(String itemId) {
        return ids.indexOf(itemId);
    }

    /** Looks the numbers of the first so many ids up, -1 where there is none. */
    public void indexOf(String[] itemIds, int length, int[] numbers) {
        ids.indexOf(itemIds, length, numbers);
    }

    /** Returns the id of an item by its number. */
    public String itemId(int item) {
        return ids.get(item);
    }

    /** Compares two items by their ids, code point by code point. */
    public int compareIds(int left, int right) {
        return ids.compare(left, right);
    }

    /** Returns the heap that the catalogue and these tables take together, in bytes; ids that they share count once. */
    public long heapBytes(Collection<Table> tables) {
        Set<IdPool> pools = Collections.newSetFromMap(new IdentityHashMap<>());
        pools.add(ids);
        long rowBytes = 0;
        for (Table table : tables) {
            pools.add(table.ids());
            pools.add(table.ownIds());
            pools.add(table.labelIds());
            rowBytes += table.rowBytes();
        }
        return rowBytes + pools.stream().mapToLong(IdPool::heapBytes).sum();
    }

    IdPool ids() {
        return ids;
    }
}
