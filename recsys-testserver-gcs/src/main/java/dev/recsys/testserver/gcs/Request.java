package dev.recsys.testserver.gcs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** One request, and the ways to answer it. */
final class Request {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NO_BODY = -1;

    private final HttpExchange exchange;
    private final List<String> segments;
    private final Parameters parameters;

    Request(HttpExchange exchange) {
        this.exchange = exchange;
        this.segments = Parameters.segments(exchange.getRequestURI().getRawPath());
        this.parameters = new Parameters(exchange.getRequestURI().getRawQuery());
    }

    /** Returns the verb; clients may send another one as POST and say so in a header. */
    String method() {
        return header("X-HTTP-Method-Override").orElse(exchange.getRequestMethod());
    }

    List<String> segments() {
        return segments;
    }

    Parameters parameters() {
        return parameters;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** Returns the whole body, unpacked if it came packed. */
    byte[] body() throws IOException {
        boolean packed = header("Content-Encoding").filter("gzip"::equals).isPresent();
        try (InputStream in = packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            return in.readAllBytes();
        }
    }

    /** Returns the body as JSON; an empty object if there is none. */
    JsonNode json() throws IOException, Refusal {
        return parse(body());
    }

    static JsonNode parse(byte[] bytes) throws IOException, Refusal {
        if (bytes.length == 0) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw Refusal.invalid("Parse Error");
        }
    }

    void setHeader(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    void answerJson(int status, Object json) throws IOException {
        setHeader("Content-Type", "application/json; charset=UTF-8");
        answer(status, JSON.writeValueAsBytes(json));
    }

    void answer(int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? NO_BODY : body.length);
        exchange.getResponseBody().write(body);
    }

    void answerNothing(int status) throws IOException {
        exchange.sendResponseHeaders(status, NO_BODY);
    }
}
