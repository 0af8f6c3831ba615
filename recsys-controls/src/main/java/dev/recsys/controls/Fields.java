package dev.recsys.controls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One object of a document, read key by key. What does not fit is added to the problems and reads as absent, so that one
 * look finds all of them.
 */
final class Fields {
    private final String path;
    private final ObjectNode node;
    private final Problems problems;

    Fields(String path, ObjectNode node, Problems problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    /** Returns the path of a key; a key that is no plain name is quoted. */
    static String join(String path, String key) {
        if (!key.matches("[A-Za-z0-9_-]{1,80}")) {
            return path + "[\"" + Problems.printable(key) + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    Problems problems() {
        return problems;
    }

    /** Returns the keys in their order. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Adds a problem for every key that is not one of those known. */
    void allow(String... known) {
        List<String> all = List.of(known);
        for (String key : keys()) {
            if (!all.contains(key)) {
                problem(
                        key,
                        "is no key that is known here; expected " + String.join(", ", all)
                                + ". Correct its name or remove it");
            }
        }
    }

    /** Adds a problem. */
    void problem(String key, String detail) {
        problems.add(join(path, key), detail);
    }

    Optional<Integer> whole(String key) {
        String expected = "a whole number below 2^31, without fraction or exponent";
        return read(key, expected, value -> when(value.isLong() && value.canConvertToInt(), value::intValue));
    }

    Optional<Long> longNumber(String key) {
        String expected = "a whole number below 2^63, without fraction or exponent";
        return read(key, expected, value -> when(value.isLong(), value::longValue));
    }

    Optional<Double> number(String key) {
        return read(key, "a number", value -> when(value.isNumber(), value::doubleValue));
    }

    Optional<String> text(String key) {
        return read(key, "a text in quotes", value -> when(value.isTextual(), value::textValue));
    }

    Optional<Boolean> truth(String key) {
        return read(key, "true or false", value -> when(value.isBoolean(), value::booleanValue));
    }

    private static <T> Optional<T> when(boolean fits, Supplier<T> value) {
        return fits ? Optional.of(value.get()) : Optional.empty();
    }

    Optional<Instant> instant(String key) {
        return read(key, "an instant such as 2026-01-31T00:00:00Z", Fields::instant);
    }

    private static Optional<Instant> instant(JsonNode value) {
        try {
            return value.isTextual() ? Optional.of(Instant.parse(value.textValue())) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Reads the lower-case name of a constant. */
    <E extends Enum<E>> Optional<E> constant(String key, Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        List<String> names = constants.stream().map(Fields::publicName).toList();
        return read(
                key,
                "one of " + String.join(", ", names),
                value -> Optional.of(names.indexOf(value.asText()))
                        .filter(index -> value.isTextual() && index >= 0)
                        .map(constants::get));
    }

    static String publicName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    Optional<Fields> object(String key) {
        return read(
                key,
                "an object in braces",
                value -> value instanceof ObjectNode object
                        ? Optional.of(new Fields(join(path, key), object, problems))
                        : Optional.empty());
    }

    /** Reads an array of texts. */
    Optional<List<String>> texts(String key) {
        Optional<ArrayNode> array = array(key, Integer.MAX_VALUE);
        List<String> texts = new ArrayList<>();
        int before = problems.count();
        for (int i = 0; i < array.map(ArrayNode::size).orElse(0); i++) {
            JsonNode element = array.orElseThrow().get(i);
            if (!element.isTextual()) {
                problems.add(join(path, key) + "[" + i + "]", unexpected(element, "a text in quotes"));
            }
            texts.add(element.asText());
        }
        return array.filter(any -> problems.count() == before).map(any -> texts);
    }

    /** Reads an array of objects. */
    Optional<List<Fields>> objects(String key, int most) {
        Optional<ArrayNode> array = array(key, most);
        List<Fields> objects = new ArrayList<>();
        array.ifPresent(elements -> {
            for (int i = 0; i < elements.size(); i++) {
                String at = join(path, key) + "[" + i + "]";
                if (elements.get(i) instanceof ObjectNode object) {
                    objects.add(new Fields(at, object, problems));
                } else {
                    problems.add(at, unexpected(elements.get(i), "an object in braces"));
                }
            }
        });
        return array.map(any -> objects);
    }

    private Optional<ArrayNode> array(String key, int most) {
        Optional<ArrayNode> array = read(
                key,
                "an array in brackets",
                value -> value instanceof ArrayNode elements ? Optional.of(elements) : Optional.empty());
        array.filter(elements -> elements.size() > most)
                .ifPresent(elements -> problem(key, "has " + elements.size() + " elements; expected at most " + most));
        return array.filter(elements -> elements.size() <= most);
    }

    /** Returns a part, or adds a problem if the key is not there. */
    <T> Optional<T> required(String key, Optional<T> part) {
        if (!node.has(key)) {
            problem(key, "is missing; expected here, add it");
        }
        return part;
    }

    /** Returns the value with the part, or the value alone where the part is absent or refused, which is a problem. */
    <T, V> T with(String key, T value, Optional<V> part, BiFunction<T, V, T> change) {
        try {
            return part.map(given -> change.apply(value, given)).orElse(value);
        } catch (IllegalArgumentException e) {
            refused(key, e);
            return value;
        }
    }

    /** Adds a problem if a part is there and refused. */
    <V> void check(String key, Optional<V> part, Consumer<V> use) {
        try {
            part.ifPresent(use);
        } catch (IllegalArgumentException e) {
            refused(key, e);
        }
    }

    /** The types' own words, without the name that the path has already. */
    private void refused(String key, IllegalArgumentException refusal) {
        String at = join(path, key);
        String message = String.valueOf(refusal.getMessage());
        for (String name : List.of(at + " ", key + " ")) {
            message = message.startsWith(name) ? message.substring(name.length()) : message;
        }
        problems.add(at, message);
    }

    private <T> Optional<T> read(String key, String expected, Function<JsonNode, Optional<T>> conversion) {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        Optional<T> converted = conversion.apply(value);
        if (converted.isEmpty()) {
            problem(key, unexpected(value, expected));
        }
        return converted;
    }

    private static String unexpected(JsonNode value, String expected) {
        String found = value.isContainerNode() ? (value.isArray() ? "an array" : "an object") : value.toString();
        String advice = value.isNull() ? ", or leave the key out" : "";
        return "is " + Problems.printable(found) + "; expected " + expected + advice;
    }
}
