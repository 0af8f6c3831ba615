package dev.recsys.pipelines.items;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a line can say of an item. */
enum ItemField {
    ITEM_ID,
    BRAND,
    CATEGORIES,
    TAGS,
    PRICE,
    AVAILABLE,
    CREATED_AT;

    /** Returns the name that users write. */
    String logicalName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ItemField> named(String logicalName) {
        return Arrays.stream(values())
                .filter(field -> field.logicalName().equals(logicalName))
                .findFirst();
    }

    static String allNames() {
        return Arrays.stream(values()).map(ItemField::logicalName).collect(Collectors.joining(", "));
    }
}
