package dev.recsys.internal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import dev.recsys.DamagedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A JSON object that is read field by field; what does not fit is a {@link DamagedException} that names the document,
 * the path into it, and what was expected.
 *
 * @param name the document's name, for messages
 * @param path the path to this object, empty for the root
 * @param node the object
 */
public record JsonDocument(String name, String path, ObjectNode node) {
    private static final int MAX_DEPTH = 32;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** A mapper takes a quarter of a second to load in a fresh JVM, which whoever only reads is spared. */
    private static final class Writing {
        static final JsonMapper MAPPER = new JsonMapper();
    }

    /** Parses a document that must be an object. */
    public static JsonDocument parse(String name, byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new DamagedException(name + " is not a JSON object");
            }
            ObjectNode object = object(parser);
            if (parser.nextToken() != null) {
                throw new DamagedException(name + " is not well-formed JSON: it goes on after its end");
            }
            return new JsonDocument(name, "", object);
        } catch (JacksonException e) {
            throw new DamagedException(name + " is not well-formed JSON: " + printable(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            object.set(field, value(parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> wholeNumber(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
            default -> NODES.nullNode();
        };
    }

    private static ValueNode wholeNumber(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    /** Returns an empty object to fill. */
    public static ObjectNode newObject() {
        return NODES.objectNode();
    }

    /** Returns the bytes of an object: UTF-8, fields in their order, no white space. */
    public static byte[] bytes(ObjectNode node) {
        try {
            return Writing.MAPPER.writeValueAsBytes(node);
        } catch (JacksonException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }

    /** Returns a text that is not empty and can be shown on a line: it has no control characters. */
    public String text(String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw unexpected(field, "a text");
        }
        if (hasControls(value.textValue())) {
            throw unexpected(field, "a text without control characters");
        }
        return value.textValue();
    }

    /** Returns a whole number of at least {@code min}. */
    public long number(String field, long min) {
        return number(field, min, Long.MAX_VALUE);
    }

    /** Returns a whole number from {@code min} to {@code max}. */
    public long number(String field, long min, long max) {
        try {
            return number(node.path(field), min, max);
        } catch (IllegalArgumentException e) {
            throw unexpected(field, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns a whole number.
     *
     * @throws IllegalArgumentException if it is anything else; the message says what was expected
     */
    public static long number(JsonNode value, long min, long max) {
        boolean isWhole = value.isIntegralNumber() && value.canConvertToLong();
        if (!isWhole || value.longValue() < min || value.longValue() > max) {
            throw new IllegalArgumentException(
                    "a whole number of at least " + min + (max == Long.MAX_VALUE ? "" : " and at most " + max));
        }
        return value.longValue();
    }

    /** Returns a whole number that fits an int. */
    public int smallNumber(String field, int min) {
        return (int) number(field, min, Integer.MAX_VALUE);
    }

    /** Returns an instant. */
    public Instant instant(String field) {
        return parsed(field, "an instant such as 2026-01-31T00:00:00Z", Instant::parse);
    }

    /** Returns a text turned into a value; the conversion's refusal becomes part of the message. */
    public <T> T parsed(String field, String expected, Function<String, T> conversion) {
        String text = text(field);
        try {
            return conversion.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw unexpected(field, expected + " (" + e.getMessage() + ")");
        }
    }

    /** Returns an object. */
    public JsonDocument object(String field) {
        return optionalObject(field).orElseThrow(() -> unexpected(field, "an object"));
    }

    /** Returns an object, if the field is there. */
    public Optional<JsonDocument> optionalObject(String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (value instanceof ObjectNode object) {
            return Optional.of(new JsonDocument(name, path + "/" + field, object));
        }
        throw unexpected(field, "an object");
    }

    /** Returns whether the field is there and not null. */
    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    /** Returns the names of the fields, in their order; each can be shown on a line. */
    public List<String> fields() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        if (names.stream().anyMatch(JsonDocument::hasControls)) {
            throw new DamagedException(
                    name + ": expected names without control characters at " + path + ", found one that has some");
        }
        return names;
    }

    /** Returns the elements of an array that has no more than {@code most}. */
    public <T> List<T> list(String field, String expected, int most, Function<JsonNode, T> conversion) {
        JsonNode array = node.path(field);
        if (!array.isArray() || array.size() > most) {
            throw unexpected(field, "an array of at most " + most + " " + expected);
        }
        List<T> values = new ArrayList<>();
        try {
            array.forEach(element -> values.add(conversion.apply(element)));
        } catch (IllegalArgumentException e) {
            throw unexpected(field, "an array of " + expected + " (" + e.getMessage() + ")");
        }
        return values;
    }

    /** Returns the failure to throw for a field that does not fit. */
    public DamagedException unexpected(String field, String expected) {
        JsonNode value = node.path(field);
        String found = value.isMissingNode() ? "nothing" : abbreviated(value.toString());
        return new DamagedException(name + ": expected " + expected + " at " + path + "/" + field + ", found " + found);
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static String printable(String message) {
        return abbreviated(message.replaceAll("\\p{Cntrl}", "?"));
    }

    private static String abbreviated(String text) {
        int most = 80;
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }
}
