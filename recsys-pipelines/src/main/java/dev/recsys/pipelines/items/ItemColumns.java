package dev.recsys.pipelines.items;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which column of a CSV file, or which key of a JSON object, holds which field of an item. Immutable.
 *
 * <p>The fields are {@code item_id, brand, categories, tags, price, available, created_at}; {@code item_id} must be there. A
 * field that is not mapped is looked for under its own name. If every mapped column is a number, the file has no header,
 * and the numbers count columns from 1; what is not mapped is not there then.
 */
public final class ItemColumns {
    /** Every field under its own name. */
    public static final ItemColumns DEFAULT = new ItemColumns(new EnumMap<>(ItemField.class));

    private final Map<ItemField, String> mapped;

    private ItemColumns(Map<ItemField, String> mapped) {
        this.mapped = mapped;
    }

    /**
     * Reads a mapping such as {@code item_id=sku,categories=department}, or {@code item_id=1,categories=3}.
     *
     * @throws IllegalArgumentException if it is not of that form, or as {@link #of(Map)}
     */
    public static ItemColumns parse(String mapping) {
        Map<String, String> columns = new TreeMap<>();
        for (String pair : mapping.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("item columns: '" + pair
                        + "' is not of the form field=column; expected pairs such as item_id=sku,tags=labels");
            }
            String field = pair.substring(0, equals).strip();
            if (columns.put(field, pair.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException("item columns: field '" + field + "' is mapped twice");
            }
        }
        return of(columns);
    }

    /**
     * Takes a mapping from field to column.
     *
     * @throws IllegalArgumentException if a field is unknown or a column's name is blank
     */
    public static ItemColumns of(Map<String, String> columns) {
        Map<ItemField, String> mapped = new EnumMap<>(ItemField.class);
        columns.forEach((name, column) -> {
            if (column.isBlank()) {
                throw new IllegalArgumentException("item columns: the column for field '" + name + "' is blank");
            }
            mapped.put(field(name), column);
        });
        return new ItemColumns(mapped);
    }

    /** Returns whether columns are numbers, so that files have no header. */
    boolean areNumbers() {
        return !mapped.isEmpty() && mapped.values().stream().allMatch(column -> column.matches("[1-9][0-9]{0,5}"));
    }

    /** Returns the column of a field; empty if files have no header and it is not mapped. */
    Optional<String> columnOf(ItemField field) {
        String mappedColumn = mapped.get(field);
        if (mappedColumn != null) {
            return Optional.of(mappedColumn);
        }
        return areNumbers() ? Optional.empty() : Optional.of(field.logicalName());
    }

    boolean isRequired(ItemField field) {
        return field == ItemField.ITEM_ID || mapped.containsKey(field);
    }

    private static ItemField field(String name) {
        return ItemField.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "item columns: there is no field '" + name + "'; expected one of " + ItemField.allNames()));
    }
}
