package dev.recsys.table;

import dev.recsys.internal.IdPool;
import java.util.List;

/** The items of several tables under one numbering. Immutable and safe for concurrent use. */
public final class Catalogue {
    private final IdPool ids;

    private Catalogue(IdPool ids) {
        this.ids = ids;
    }

    /**
     * Numbers the items of tables: as the largest of them does if it knows all their items, otherwise anew, the largest
     * one's first. The order of the list decides between tables of one size.
     */
    public static Catalogue of(List<Table> tables) {
        IdPool largest = new IdPool(0);
        for (Table table : tables) {
            if (table.ownIds().size() > largest.size()) {
                largest = table.ownIds();
            }
        }
        IdPool base = largest;
        boolean complete = tables.stream().allMatch(table -> isWithin(table.ownIds(), base));
        return new Catalogue(complete ? base : union(base, tables));
    }

    private static boolean isWithin(IdPool ids, IdPool base) {
        if (ids == base || ids.sameAs(base)) {
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
        IdPool all = new IdPool(base.size() * 2);
        for (int i = 0; i < base.size(); i++) {
            all.add(base.get(i));
        }
        for (Table table : tables) {
            for (int i = 0; i < table.ownIds().size(); i++) {
                all.add(table.ownIds().get(i));
            }
        }
        return all;
    }

    /** Returns the number of items. */
    public int size() {
        return ids.size();
    }

    /** Returns the number of an item, or -1. */
    public int indexOf(String itemId) {
        return ids.indexOf(itemId);
    }

    /** Returns the id of an item by its number. */
    public String itemId(int item) {
        return ids.get(item);
    }

    /** Compares two items by their ids, code point by code point. */
    public int compareIds(int left, int right) {
        return ids.compare(left, right);
    }

    /** Returns the heap that the catalogue takes, in bytes. */
    public long heapBytes() {
        return ids.heapBytes();
    }

    IdPool ids() {
        return ids;
    }
}
