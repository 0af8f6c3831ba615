package dev.recsys.control;

import java.util.Locale;

/** By what rules and caps name items. */
public enum ItemAttribute {
    /** The item itself, by its id. */
    ITEM,
    /** All items of a brand. */
    BRAND,
    /** All items in a category. */
    CATEGORY,
    /** All items with a tag. */
    TAG;

    /** Returns the name that documents use, such as {@code brand}. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
