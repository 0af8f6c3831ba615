package dev.recsys.internal.rank;

import dev.recsys.control.Exploration;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The items of a release and of the tenant under one numbering, with their attributes as columns: first those of the
 * release's catalogue, then those that only attributes are known of. A brand, category or tag is a feature with a number.
 * Immutable; takes 16 bytes an item, 4 bytes a feature of an item, and the ids of features and of items beyond the
 * catalogue.
 */
public final class ItemIndex {
    /** More than the largest pool, for a request may not be shown all of them. */
    static final int MAX_EXPLORABLE = 10 * Exploration.MAX_POOL;

    private final ItemColumns columns;
    private final int[] unpopular; // items that everybody's list does not have, by id
    private final int[] explorable; // what is known least, at most as many as can be drawn from

    private ItemIndex(ItemColumns columns, int[] unpopular, int[] explorable) {
        this.columns = columns;
        this.unpopular = unpopular;
        this.explorable = explorable;
    }

    /** Numbers the items of a release and those with attributes. */
    public static ItemIndex of(ReleaseTables release, Iterable<ItemAttributes> items) {
        ItemColumns columns = new ItemColumns(release.catalogue(), items);
        int[] unpopular = columns.sortedById(unpopular(release, columns.size()));
        return new ItemIndex(columns, unpopular, explorable(release, columns, unpopular));
    }

    int size() {
        return columns.size();
    }

    boolean hasUnavailable() {
        return !columns.unavailable.isEmpty();
    }

    /** Returns whether anything is known of any item beside what people did with it. */
    boolean hasAttributes() {
        return columns.hasAttributes;
    }

    int featureCount() {
        return columns.features.size();
    }

    /** Returns the number of an item, or -1. */
    int indexOf(String itemId) {
        return columns.indexOf(itemId);
    }

    /** Looks the numbers of the first so many ids up, -1 where there is none. */
    void indexOf(String[] itemIds, int length, int[] numbers) {
        columns.indexOf(itemIds, length, numbers);
    }

    String itemId(int item) {
        return columns.itemId(item);
    }

    /** Compares two items by their ids, code point by code point. */
    int compareIds(int left, int right) {
        return columns.compareIds(left, right);
    }

    static int compareIds(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the items that are not available, for the caller to keep. */
    BitSet unavailable() {
        return (BitSet) columns.unavailable.clone();
    }

    boolean isUnavailable(int item) {
        return columns.unavailable.get(item);
    }

    /** Returns what an item costs, or NaN. */
    double price(int item) {
        return columns.prices.length == 0 ? Double.NaN : columns.prices[item];
    }

    /** Returns the number of a brand, category or tag, or -1 if no item has it. */
    int feature(ItemAttribute attribute, String value) {
        return columns.features.indexOf(prefix(attribute) + value);
    }

    static String featureId(ItemAttribute attribute, String value) {
        return prefix(attribute) + value;
    }

    ItemAttribute attributeOf(int feature) {
        return attributeOf(columns.features.pool()[feature == 0 ? 0 : columns.features.end(feature - 1)]);
    }

    private static char prefix(ItemAttribute attribute) {
        return switch (attribute) {
            case BRAND -> 'b';
            case CATEGORY -> 'c';
            case TAG -> 't';
            case ITEM -> 'i';
        };
    }

    private static ItemAttribute attributeOf(byte prefix) {
        return switch (prefix) {
            case 'b' -> ItemAttribute.BRAND;
            case 'c' -> ItemAttribute.CATEGORY;
            default -> ItemAttribute.TAG;
        };
    }

    /** Returns the value of a feature, such as the brand's name. */
    String featureValue(int feature) {
        return columns.features.get(feature).substring(1);
    }

    /** Returns where an item's features begin; items beyond all numbers have none. */
    int featureStart(int item) {
        int[] ends = columns.featureEnds;
        return item == 0 || ends.length == 0 ? 0 : ends[Math.min(item, ends.length) - 1];
    }

    int featureEnd(int item) {
        return item >= columns.featureEnds.length ? featureStart(item) : columns.featureEnds[item];
    }

    int featureAt(int position) {
        return columns.itemFeatures[position];
    }

    boolean hasFeature(int item, int feature) {
        return Arrays.binarySearch(columns.itemFeatures, featureStart(item), featureEnd(item), feature) >= 0;
    }

    /** Returns how alike two items are: the Jaccard index of their features, 0 if either has none. */
    double likeness(int one, int other) {
        int i = featureStart(one);
        int j = featureStart(other);
        int endOfOne = featureEnd(one);
        int endOfOther = featureEnd(other);
        int all = endOfOne - i + endOfOther - j;
        int common = 0;
        while (i < endOfOne && j < endOfOther) {
            int difference = Integer.compare(columns.itemFeatures[i], columns.itemFeatures[j]);
            common += difference == 0 ? 1 : 0;
            i += difference <= 0 ? 1 : 0;
            j += difference >= 0 ? 1 : 0;
        }
        return common == 0 ? 0 : (double) common / (all - common);
    }

    /** Returns the items that everybody's list of popularity does not have, by id. */
    int[] unpopular() {
        return unpopular;
    }

    /** Returns the items that exploration draws from, the one known least first. */
    int[] explorable() {
        return explorable;
    }

    private static BitSet unpopular(ReleaseTables release, int size) {
        BitSet unpopular = new BitSet(size);
        unpopular.set(0, size);
        release.popularity().ifPresent(table -> {
            int row = ReleaseTables.everybody(table);
            for (int position = table.rowStart(row); position < table.rowEnd(row); position++) {
                unpopular.clear(table.item(position));
            }
        });
        return unpopular;
    }

    /**
     * Of what may be shown: what nobody took, the newest first, then what has no date by id; then the newest of the others;
     * where there are neither, the least popular.
     */
    private static int[] explorable(ReleaseTables release, ItemColumns columns, int[] unpopular) {
        Set<Integer> found = new LinkedHashSet<>();
        BitSet isUnpopular = new BitSet(columns.size());
        Arrays.stream(unpopular).forEach(isUnpopular::set);
        Arrays.stream(columns.newestFirst).filter(isUnpopular::get).forEach(found::add);
        Arrays.stream(unpopular)
                .filter(item -> !columns.unavailable.get(item))
                .limit(MAX_EXPLORABLE)
                .forEach(found::add);
        Arrays.stream(columns.newestFirst).forEach(found::add);
        if (found.isEmpty() && release.popularity().isPresent()) {
            addLeastPopular(release.popularity().get(), columns.unavailable, found);
        }
        return found.stream().mapToInt(Integer::intValue).limit(MAX_EXPLORABLE).toArray();
    }

    private static void addLeastPopular(Table popularity, BitSet unavailable, Set<Integer> found) {
        int row = ReleaseTables.everybody(popularity);
        int start = popularity.rowStart(row);
        for (int position = popularity.rowEnd(row) - 1;
                position >= start && found.size() < MAX_EXPLORABLE;
                position--) {
            if (!unavailable.get(popularity.item(position))) {
                found.add(popularity.item(position));
            }
        }
    }
}
