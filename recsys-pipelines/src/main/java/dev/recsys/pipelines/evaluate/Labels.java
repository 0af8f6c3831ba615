package dev.recsys.pipelines.evaluate;

import dev.recsys.control.ItemAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tags and categories of each item as numbers. */
final class Labels {
    private Labels() {}

    /** Returns the labels of each item, ascending; none for an item of which nothing is known. */
    static int[][] of(KnownItems items, List<ItemAttributes> attributes) {
        Map<String, Integer> numbers = new HashMap<>();
        int[][] labels = new int[items.size()][0];
        for (ItemAttributes of : attributes) {
            int item = items.indexOf(of.itemId());
            if (item >= 0) {
                labels[item] = texts(of)
                        .mapToInt(text -> numbers.computeIfAbsent(text, key -> numbers.size()))
                        .sorted()
                        .toArray();
            }
        }
        return labels;
    }

    /** A tag and a category of one name are two labels. */
    private static Stream<String> texts(ItemAttributes attributes) {
        List<String> texts = new ArrayList<>();
        attributes.tags().forEach(tag -> texts.add("tag " + tag));
        attributes.categories().forEach(category -> texts.add("category " + category));
        return texts.stream();
    }
}
