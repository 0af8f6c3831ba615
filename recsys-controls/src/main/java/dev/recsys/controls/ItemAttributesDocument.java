package dev.recsys.controls;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.control.ItemAttributes;
import dev.recsys.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an item as a JSON object on a line, described by {@code docs/schema/item-v1.schema.json}: what is
 * written is read back as it was. What is not known is not written.
 */
public final class ItemAttributesDocument {
    /** The longest line, in characters. */
    public static final int MAX_CHARS = 1 << 20;

    private static final String WHAT = "the item";

    private ItemAttributesDocument() {}

    /**
     * Reads an item.
     *
     * @throws InvalidDocumentException if it is no JSON object, has an unknown key or one given twice, or a value is of
     *     another type or out of its range; it names all that is wrong
     */
    public static ItemAttributes read(String json) {
        Problems problems = new Problems(WHAT);
        Fields fields = new Fields("", JsonText.parse(json, MAX_CHARS, problems), problems);
        ItemAttributes item = read(fields);
        problems.throwIfAny();
        return item;
    }

    /** As {@link #read(String)}, from UTF-8. */
    public static ItemAttributes read(byte[] utf8) {
        return read(JsonText.decode(utf8, new Problems(WHAT)));
    }

    /** Returns the canonical JSON of an item, on one line without its end, which is the same for equal ones. */
    public static String write(ItemAttributes item) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("item", item.itemId());
        item.brand().ifPresent(brand -> json.put("brand", brand));
        if (!item.categories().isEmpty()) {
            item.categories().forEach(json.putArray("categories")::add);
        }
        if (!item.tags().isEmpty()) {
            item.tags().forEach(json.putArray("tags")::add);
        }
        item.price().ifPresent(price -> json.put("price", price));
        if (!item.available()) {
            json.put("available", false);
        }
        item.createdAt().ifPresent(createdAt -> json.put("created_at", createdAt.toString()));
        return CanonicalJson.of(json);
    }

    /**
     * Returns the version of a tenant's items: {@code sha256-} and the digest of their canonical JSON, in the order of their
     * ids, each with a line feed after it.
     *
     * @param items each once, in any order
     * @throws IllegalArgumentException if an id is there twice
     */
    public static String etag(Collection<ItemAttributes> items) {
        MessageDigest digest = Sha256.newDigest();
        for (ItemAttributes item : sorted(items)) {
            digest.update((write(item) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return CanonicalJson.version(Sha256.of(digest));
    }

    /**
     * Returns items in the order of their ids.
     *
     * @throws IllegalArgumentException if an id is there twice
     */
    static List<ItemAttributes> sorted(Collection<ItemAttributes> items) {
        List<ItemAttributes> sorted = items.stream()
                .sorted(Comparator.comparing(ItemAttributes::itemId))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            String id = sorted.get(i).itemId();
            if (id.equals(sorted.get(i - 1).itemId())) {
                throw new IllegalArgumentException("two items have the id '" + id + "'; expected each once");
            }
        }
        return sorted;
    }

    private static ItemAttributes read(Fields fields) {
        fields.allow("item", "brand", "categories", "tags", "price", "available", "created_at");
        Optional<String> id = fields.required("item", fields.text("item"));
        ItemAttributes item = ItemAttributes.of("any");
        item = fields.with("item", item, id, (unknown, given) -> ItemAttributes.of(given));
        item = fields.with("brand", item, fields.text("brand"), ItemAttributes::withBrand);
        item = fields.with("categories", item, fields.texts("categories"), ItemAttributes::withCategories);
        item = fields.with("tags", item, fields.texts("tags"), ItemAttributes::withTags);
        item = fields.with("price", item, fields.number("price"), ItemAttributes::withPrice);
        item = fields.with("available", item, fields.truth("available"), ItemAttributes::withAvailable);
        return fields.with("created_at", item, fields.instant("created_at"), ItemAttributes::withCreatedAt);
    }
}
