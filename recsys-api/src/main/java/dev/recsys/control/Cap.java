package dev.recsys.control;

/**
 * How many items of one brand, category or tag a list may hold. Pinned items count, and stay even where they alone are
 * more; no other item joins them then. An item in several categories counts in each.
 *
 * @param attribute of which attribute, not {@link ItemAttribute#ITEM}
 * @param most the most items with the same value of it, 1 to 1000
 */
public record Cap(ItemAttribute attribute, int most) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if it caps items, or the number is out of its range
     */
    public Cap {
        if (attribute == ItemAttribute.ITEM) {
            throw new IllegalArgumentException("a cap is on item; expected brand, category or tag");
        }
        if (most < 1 || most > 1_000) {
            throw new IllegalArgumentException("a cap's most is " + most + "; expected 1 to 1000");
        }
    }
}
