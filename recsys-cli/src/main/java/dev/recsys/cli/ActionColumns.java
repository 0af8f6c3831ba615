package dev.recsys.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the fields of logged actions are.
 *
 * @param names the column of each field, in the order of the fields
 */
record ActionColumns(Map<String, String> names) {
    static final String ITEM = "item";
    static final String POSITION = "position";
    static final String REWARD = "reward";
    static final String PROPENSITY = "propensity";

    /** The names of the Open Bandit Dataset. */
    private static final Map<String, String> OPEN_BANDIT = fields("item_id", "position", "click", "propensity_score");

    /** Reads {@code FIELD=COLUMN,..}; a field that is not named keeps the column that Open Bandit has for it. */
    static ActionColumns parse(List<String> pairs) {
        Map<String, String> names = new LinkedHashMap<>(OPEN_BANDIT);
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String field = equals < 0 ? pair : pair.substring(0, equals);
            if (equals < 0 || equals == pair.length() - 1 || !names.containsKey(field)) {
                throw new IllegalArgumentException("--columns has '" + pair
                        + "'; expected FIELD=COLUMN with a field of " + String.join(", ", names.keySet()));
            }
            names.put(field, pair.substring(equals + 1));
        }
        return new ActionColumns(names);
    }

    String column(String field) {
        return names.getOrDefault(field, field);
    }

    /** Finds the columns in a header. */
    Map<String, Integer> in(List<String> header, Path file) {
        List<String> missing = new ArrayList<>();
        Map<String, Integer> numbers = new LinkedHashMap<>();
        names.forEach((field, name) -> {
            int number = header.indexOf(name);
            if (number < 0) {
                missing.add("'" + name + "' for " + field);
            }
            numbers.put(field, number);
        });
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(file + " has no column " + String.join(", ", missing) + "; it has "
                    + String.join(", ", header) + ". Map the fields, such as --columns item=sku,reward=bought");
        }
        return numbers;
    }

    private static Map<String, String> fields(String item, String position, String reward, String propensity) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(ITEM, item);
        fields.put(POSITION, position);
        fields.put(REWARD, reward);
        fields.put(PROPENSITY, propensity);
        return fields;
    }
}
