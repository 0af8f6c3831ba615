package dev.recsys.testserver.gcs;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The parameters of a request's query, and the segments of its path, decoded. */
final class Parameters {
    private final Map<String, String> values = new LinkedHashMap<>();

    Parameters(@Nullable String rawQuery) {
        for (String pair : rawQuery == null ? new String[0] : rawQuery.split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
        }
    }

    static List<String> segments(String rawPath) {
        return Arrays.stream(rawPath.substring(1).split("/"))
                .map(Parameters::decode)
                .toList();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String get(String name, String otherwise) {
        return get(name).orElse(otherwise);
    }

    OptionalLong number(String name) throws Refusal {
        Optional<String> value = get(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(value.get()));
        } catch (NumberFormatException e) {
            throw Refusal.invalid("Invalid value for " + name + ": " + value.get());
        }
    }
}
