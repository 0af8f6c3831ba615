package dev.recsys.testserver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as the proxy saw it, with no more of its body than tells what it is about.
 *
 * @param method as in {@code PUT}
 * @param path as it was sent, percent-encoded
 * @param query what came after the question mark, as it was sent; empty if there was none
 * @param headers all values by name; names are found in any case
 * @param opening the first 1,024 bytes of the body at most, a character each; some protocols name the object there
 */
public record WireRequest(String method, String path, String query, Map<String, List<String>> headers, String opening) {
    private static final int OPENING = 1024;

    /** Copies the headers. */
    public WireRequest {
        if (method.isEmpty()) {
            throw new IllegalArgumentException("a request has a method");
        }
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    static WireRequest of(WireMessage message) {
        String[] words = message.startLine().split(" ", 3);
        String target = words.length > 1 ? words[1] : "";
        int mark = target.indexOf('?');
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        message.fields()
                .forEach(field -> headers.computeIfAbsent(field.name(), name -> new ArrayList<>())
                        .add(field.value()));
        return new WireRequest(
                words[0],
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                headers,
                openingOf(message.body()));
    }

    private static String openingOf(byte[] body) {
        return new String(body, 0, Math.min(OPENING, body.length), StandardCharsets.ISO_8859_1);
    }

    /** Returns the path with its percent-encoding undone, so {@code a%2Fb} reads {@code a/b}. */
    public String decodedPath() {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Returns the first value of a header, whose name is taken in any case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Returns method and path only, for a query, headers and the body may hold credentials. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
