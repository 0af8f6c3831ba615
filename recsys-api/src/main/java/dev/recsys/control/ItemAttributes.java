package dev.recsys.control;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is known of an item beside what people did with it. Immutable; {@link #of} knows nothing but the id, and every
 * {@code with} returns a new value.
 *
 * @param itemId the item's id, as in the events
 * @param brand whose it is, if that is known
 * @param categories the categories it is in, in order of their names
 * @param tags what else it is labelled with, in order of their names
 * @param price what it costs in the tenant's currency, not negative, if that is known
 * @param available whether it may be recommended at all; true where nobody says otherwise
 * @param createdAt since when it exists, if that is known
 */
public record ItemAttributes(
        String itemId,
        Optional<String> brand,
        SortedSet<String> categories,
        SortedSet<String> tags,
        OptionalDouble price,
        boolean available,
        Optional<Instant> createdAt) {
    /** The longest brand, category or tag. */
    public static final int MAX_LABEL_LENGTH = 200;

    /** The largest number of categories, and of tags, of one item. */
    public static final int MAX_LABELS = 1_000;

    private static final int MAX_ID_LENGTH = 512;

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if the id or a label is blank or over-long, there are too many labels, or the price
     *     is negative or not a finite number; the message names the item and what is wrong
     */
    public ItemAttributes {
        Texts.require("an item id", itemId, MAX_ID_LENGTH);
        String id = itemId;
        brand.ifPresent(label -> requireLabel(id, "brand", label));
        categories = copy(itemId, "categories", categories);
        tags = copy(itemId, "tags", tags);
        if (price.isPresent() && !(price.getAsDouble() >= 0 && price.getAsDouble() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("item '" + itemId + "' has the price " + price.getAsDouble()
                    + "; expected a finite number that is not negative");
        }
        price = price.isPresent() ? OptionalDouble.of(price.getAsDouble() + 0.0) : price; // no negative zero
    }

    /**
     * Starts with an item of which nothing is known but that it is available.
     *
     * @throws IllegalArgumentException if the id is blank or longer than 512 characters
     */
    public static ItemAttributes of(String itemId) {
        return new ItemAttributes(
                itemId,
                Optional.empty(),
                Collections.emptySortedSet(),
                Collections.emptySortedSet(),
                OptionalDouble.empty(),
                true,
                Optional.empty());
    }

    /** Returns these attributes with a brand. */
    public ItemAttributes withBrand(String newBrand) {
        return new ItemAttributes(itemId, Optional.of(newBrand), categories, tags, price, available, createdAt);
    }

    /** Returns these attributes with exactly these categories. */
    public ItemAttributes withCategories(Collection<String> newCategories) {
        return new ItemAttributes(itemId, brand, new TreeSet<>(newCategories), tags, price, available, createdAt);
    }

    /** Returns these attributes with exactly these tags. */
    public ItemAttributes withTags(Collection<String> newTags) {
        return new ItemAttributes(itemId, brand, categories, new TreeSet<>(newTags), price, available, createdAt);
    }

    /** Returns these attributes with a price. */
    public ItemAttributes withPrice(double newPrice) {
        return new ItemAttributes(itemId, brand, categories, tags, OptionalDouble.of(newPrice), available, createdAt);
    }

    /** Returns these attributes, available or not. */
    public ItemAttributes withAvailable(boolean newAvailable) {
        return new ItemAttributes(itemId, brand, categories, tags, price, newAvailable, createdAt);
    }

    /** Returns these attributes with the time since which the item exists. */
    public ItemAttributes withCreatedAt(Instant newCreatedAt) {
        return new ItemAttributes(itemId, brand, categories, tags, price, available, Optional.of(newCreatedAt));
    }

    private static SortedSet<String> copy(String itemId, String what, SortedSet<String> labels) {
        if (labels.size() > MAX_LABELS) {
            throw new IllegalArgumentException("item '" + itemId + "' has " + labels.size() + " " + what + "; at most "
                    + MAX_LABELS + " are allowed");
        }
        TreeSet<String> copy = new TreeSet<>(labels); // in the order of the names, whatever order the caller's set has
        copy.forEach(label -> requireLabel(itemId, what, label));
        return Collections.unmodifiableSortedSet(copy);
    }

    private static void requireLabel(String itemId, String what, String label) {
        Texts.require("item '" + itemId + "': one of its " + what, label, MAX_LABEL_LENGTH);
    }
}
