package dev.recsys.controls;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text becomes a tree; a key that is given twice, a number that is too large and what is no JSON are problems. */
final class JsonText {
    private static final int MAX_DEPTH = 32;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final Problems problems;
    private final JsonParser parser;

    private JsonText(Problems problems, JsonParser parser) {
        this.problems = problems;
        this.parser = parser;
    }

    /** Returns the text of bytes, which must be UTF-8. */
    static String decode(byte[] utf8, Problems problems) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw problems.fatal("", "is not UTF-8; save it in that encoding");
        }
    }

    /** Returns the object that a text holds; a byte order mark before it is passed over. */
    static ObjectNode parse(String json, int mostChars, Problems problems) {
        if (json.length() > mostChars) {
            throw problems.fatal("", "has " + json.length() + " characters; at most " + mostChars + " are read");
        }
        String text = json.startsWith("\uFEFF") ? json.substring(1) : json;
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new JsonText(problems, parser).document();
        } catch (JacksonException e) {
            String place =
                    Optional.ofNullable(e.getLocation()).map(JsonText::place).orElse("");
            throw problems.fatal(place, "is no JSON: " + Problems.printable(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode document() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw problems.fatal("", "is no JSON object; expected one in braces");
        }
        ObjectNode object = object("");
        if (parser.nextToken() != null) {
            throw problems.fatal(
                    place(parser.currentTokenLocation()), "the document goes on after its end; remove this");
        }
        return object;
    }

    private ObjectNode object(String path) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String at = Fields.join(path, key);
            parser.nextToken();
            if (object.has(key)) {
                problems.add(at, "is given twice; expected once, remove one of them");
            }
            object.set(key, value(at));
        }
        return object;
    }

    private ArrayNode array(String path) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(path + "[" + array.size() + "]"));
        }
        return array;
    }

    private JsonNode value(String path) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(path);
            case START_ARRAY -> array(path);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(path);
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
            default -> NODES.nullNode();
        };
    }

    /** A number without fraction or exponent that fits a long is one; any other is a double. */
    private JsonNode number(String path) throws IOException {
        boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
        if (whole && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return NODES.numberNode(parser.getLongValue());
        }
        double number = Double.parseDouble(parser.getText());
        if (Double.isInfinite(number)) {
            problems.add(path, "is " + Problems.printable(parser.getText()) + ", which is too large for a number");
            return MissingNode.getInstance(); // one problem is enough
        }
        return NODES.numberNode(number);
    }

    private static String place(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
