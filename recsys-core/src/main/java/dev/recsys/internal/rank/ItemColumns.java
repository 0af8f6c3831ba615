package dev.recsys.internal.rank;

import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.internal.IdPool;
import dev.recsys.table.Catalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of items as columns, whatever order the items come in. Immutable once made; nobody changes an array.
 */
final class ItemColumns {
    private static final int NEWEST =
            2 * ItemIndex.MAX_EXPLORABLE; // twice what is drawn from: half of them may have no popularity

    final Catalogue catalogue;
    final IdPool beyond; // the items that the release does not have, by id
    final IdPool features; // the brands, categories and tags, by name
    final int[] featureEnds; // [item] where its features end; no items if there are no features
    final int[] itemFeatures; // the features of one item after the other, in ascending order
    final double[] prices; // [item] NaN if unknown; no items if none has a price
    final BitSet unavailable = new BitSet();
    final int[] newestFirst; // available ones whose age is known, those of one age by id; only as many as matter
    final boolean hasAttributes;

    private record Dated(int item, Instant createdAt) {}

    ItemColumns(Catalogue catalogue, Iterable<ItemAttributes> items) {
        this.catalogue = catalogue;
        this.beyond = sorted(ids(catalogue, items));
        this.features = sorted(featureIds(items));
        int[] @Nullable [] byItem = new int[features.size() == 0 ? 0 : size()][];
        double[] known = new double[0];
        List<Dated> dated = new ArrayList<>();
        for (ItemAttributes attributes : items) {
            int item = indexOf(attributes.itemId());
            unavailable.set(item, !attributes.available());
            if (attributes.available()) {
                attributes.createdAt().ifPresent(at -> dated.add(new Dated(item, at)));
            }
            if (byItem.length > 0) {
                byItem[item] = numbers(attributes, features);
            }
            if (attributes.price().isPresent()) {
                known = known.length == 0 ? unknownPrices(size()) : known;
                known[item] = attributes.price().getAsDouble();
            }
        }
        this.hasAttributes = items.iterator().hasNext();
        this.prices = known;
        this.featureEnds = ends(byItem);
        this.itemFeatures = flattened(byItem, featureEnds);
        this.newestFirst = newest(dated);
    }

    int size() {
        return catalogue.size() + beyond.size();
    }

    int compareIds(int left, int right) {
        if (left < catalogue.size() && right < catalogue.size()) {
            return catalogue.compareIds(left, right);
        }
        return ItemIndex.compareIds(itemId(left), itemId(right));
    }

    int[] sortedById(BitSet items) {
        return items.stream()
                .boxed()
                .sorted(this::compareIds)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    String itemId(int item) {
        return item < catalogue.size() ? catalogue.itemId(item) : beyond.get(item - catalogue.size());
    }

    /** Returns the number of an item, or -1. */
    int indexOf(String itemId) {
        int item = catalogue.indexOf(itemId);
        if (item >= 0) {
            return item;
        }
        int other = beyond.size() == 0 ? -1 : beyond.indexOf(itemId);
        return other < 0 ? -1 : catalogue.size() + other;
    }

    private int[] newest(List<Dated> dated) {
        return dated.stream()
                .sorted(Comparator.comparing(Dated::createdAt).reversed().thenComparing(Dated::item, this::compareIds))
                .limit(NEWEST)
                .mapToInt(Dated::item)
                .toArray();
    }

    private static Stream<String> ids(Catalogue catalogue, Iterable<ItemAttributes> items) {
        Stream.Builder<String> ids = Stream.builder();
        for (ItemAttributes attributes : items) {
            if (catalogue.indexOf(attributes.itemId()) < 0) {
                ids.add(attributes.itemId());
            }
        }
        return ids.build();
    }

    private static Stream<String> featureIds(Iterable<ItemAttributes> items) {
        IdPool seen = new IdPool(0);
        for (ItemAttributes attributes : items) {
            featureIds(attributes).forEach(seen::add);
        }
        return IntStream.range(0, seen.size()).mapToObj(seen::get);
    }

    /** A loop, as a stream of each of all items costs a load more than all else that it does. */
    private static List<String> featureIds(ItemAttributes attributes) {
        List<String> ids = new ArrayList<>(
                1 + attributes.categories().size() + attributes.tags().size());
        attributes.brand().ifPresent(brand -> ids.add(ItemIndex.featureId(ItemAttribute.BRAND, brand)));
        for (String category : attributes.categories()) {
            ids.add(ItemIndex.featureId(ItemAttribute.CATEGORY, category));
        }
        for (String tag : attributes.tags()) {
            ids.add(ItemIndex.featureId(ItemAttribute.TAG, tag));
        }
        return ids;
    }

    /** The numbers must not depend on the order in which items come. */
    private static IdPool sorted(Stream<String> ids) {
        IdPool pool = new IdPool(0);
        ids.sorted(ItemIndex::compareIds).forEach(pool::add);
        return pool.trimmed();
    }

    private static int[] numbers(ItemAttributes attributes, IdPool features) {
        List<String> ids = featureIds(attributes);
        int[] numbers = new int[ids.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = features.indexOf(ids.get(i));
        }
        Arrays.sort(numbers);
        return numbers;
    }

    private static double[] unknownPrices(int size) {
        double[] prices = new double[size];
        Arrays.fill(prices, Double.NaN);
        return prices;
    }

    private static int[] ends(int[] @Nullable [] byItem) {
        int[] ends = new int[byItem.length];
        int end = 0;
        for (int item = 0; item < byItem.length; item++) {
            int[] features = byItem[item];
            end += features == null ? 0 : features.length;
            ends[item] = end;
        }
        return ends;
    }

    private static int[] flattened(int[] @Nullable [] byItem, int[] ends) {
        int[] flat = new int[ends.length == 0 ? 0 : ends[ends.length - 1]];
        int position = 0;
        for (int[] features : byItem) {
            if (features != null) {
                System.arraycopy(features, 0, flat, position, features.length);
                position += features.length;
            }
        }
        return flat;
    }
}
