package dev.recsys.pipelines.items;

import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.events.FieldFile;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/** The fields of one line as texts, and the item that they make. */
final class ItemTexts {
    private final Map<ItemField, List<String>> values = new EnumMap<>(ItemField.class);

    /** Sets what a line says of a field; blank texts say nothing. */
    void set(ItemField field, List<String> texts) {
        values.put(
                field,
                texts.stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .toList());
    }

    boolean has(ItemField field) {
        return values.containsKey(field);
    }

    ItemAttributes item() throws LineProblem {
        String id =
                one(ItemField.ITEM_ID).orElseThrow(() -> new LineProblem("item_id is empty; expected the item's id"));
        Optional<String> brand = one(ItemField.BRAND);
        OptionalDouble price = price();
        boolean available = available();
        Optional<Instant> createdAt = createdAt();
        try {
            return new ItemAttributes(
                    id, brand, labels(ItemField.CATEGORIES), labels(ItemField.TAGS), price, available, createdAt);
        } catch (IllegalArgumentException e) {
            throw new LineProblem(String.valueOf(e.getMessage()));
        }
    }

    private SortedSet<String> labels(ItemField field) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(values.getOrDefault(field, List.of())));
    }

    private Optional<String> one(ItemField field) throws LineProblem {
        List<String> texts = values.getOrDefault(field, List.of());
        if (texts.size() > 1) {
            throw new LineProblem(field.logicalName() + " has " + texts.size() + " values; expected one");
        }
        return texts.stream().findFirst();
    }

    private OptionalDouble price() throws LineProblem {
        Optional<String> text = one(ItemField.PRICE);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!text.get().matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            throw new LineProblem("price is no number; expected one such as 12.5");
        }
        return OptionalDouble.of(Double.parseDouble(text.get()));
    }

    private boolean available() throws LineProblem {
        String text = one(ItemField.AVAILABLE).orElse("true").toLowerCase(Locale.ROOT);
        return switch (text) {
            case "true", "1", "yes" -> true;
            case "false", "0", "no" -> false;
            default -> throw new LineProblem("available is neither true nor false");
        };
    }

    private Optional<Instant> createdAt() throws LineProblem {
        Optional<String> text = one(ItemField.CREATED_AT);
        Optional<Instant> time = text.flatMap(FieldFile::time);
        if (text.isPresent() && time.isEmpty()) {
            throw new LineProblem("created_at is no time; expected one such as 2011-12-09T08:26:00Z");
        }
        return time;
    }
}
