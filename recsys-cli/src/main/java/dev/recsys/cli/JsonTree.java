package dev.recsys.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/** JSON that recsys itself has written, as a tree. */
final class JsonTree {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonTree() {}

    static JsonNode of(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the JSON that was written", e);
        }
    }

    static String pretty(String json) {
        return of(json).toPrettyString();
    }

    /** Returns every value by its path; elements of an array that have an id, by that. */
    static Map<String, String> leaves(String json) {
        Map<String, String> leaves = new TreeMap<>();
        collect("", of(json), leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, String> leaves) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(entry -> collect(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), leaves));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                JsonNode id = node.path(i).path("id");
                collect(path + "[" + (id.isTextual() ? id.textValue() : i) + "]", node.path(i), leaves);
            }
        } else {
            leaves.put(path, node.toString());
        }
    }
}
