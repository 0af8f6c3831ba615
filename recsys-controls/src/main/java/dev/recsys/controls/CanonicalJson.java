package dev.recsys.controls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/**
 * The one text that a tree has: keys in the order of their UTF-16 code units, no white space, texts escaped as little as
 * JSON allows, numbers by {@link CanonicalNumber}; RFC 8785, but that negative zero keeps its sign, whole numbers their
 * digits beyond 2^53, and half of a surrogate pair is escaped rather than refused.
 */
final class CanonicalJson {
    private static final String VERSION_PREFIX = "sha256-";

    private final StringBuilder text = new StringBuilder();

    private CanonicalJson() {}

    static String of(ObjectNode node) {
        CanonicalJson json = new CanonicalJson();
        json.value(node);
        return json.text.toString();
    }

    /** Returns the version of what has this canonical text. */
    static String version(String canonical) {
        return version(Sha256.of(canonical.getBytes(StandardCharsets.UTF_8)));
    }

    static String version(Sha256 digest) {
        return VERSION_PREFIX + digest.hex();
    }

    private void value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> string(node.textValue());
            case NUMBER ->
                text.append(
                        node.isIntegralNumber()
                                ? Long.toString(node.longValue())
                                : CanonicalNumber.of(node.doubleValue()));
            case BOOLEAN -> text.append(node.booleanValue());
            default -> text.append("null");
        }
    }

    private void object(JsonNode node) {
        TreeSet<String> keys = new TreeSet<>();
        node.fieldNames().forEachRemaining(keys::add);
        char before = '{';
        for (String key : keys) {
            text.append(before);
            string(key);
            text.append(':');
            value(node.path(key));
            before = ',';
        }
        text.append(keys.isEmpty() ? "{}" : "}");
    }

    private void array(JsonNode node) {
        text.append('[');
        for (int i = 0; i < node.size(); i++) {
            text.append(i == 0 ? "" : ",");
            value(node.path(i));
        }
        text.append(']');
    }

    private void string(String value) {
        string(text, value);
    }

    /** Adds a text in quotes. */
    static void string(StringBuilder text, String value) {
        text.append('"');
        int plain = 0; // from here on nothing is escaped
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\' || c < ' ' || isHalf(value, i)) {
                text.append(value, plain, i);
                escape(text, c);
                plain = i + 1;
            }
        }
        text.append(value, plain, value.length()).append('"');
    }

    private static void escape(StringBuilder text, char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                text.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    text.append(Character.forDigit((c >> shift) & 0xf, 16));
                }
            }
        }
    }

    /** Whether a surrogate stands alone, which UTF-8 has no bytes for. */
    private static boolean isHalf(String value, int at) {
        char c = value.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
    }
}
