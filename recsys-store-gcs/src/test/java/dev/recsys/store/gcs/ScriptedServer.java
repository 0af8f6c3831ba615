package dev.recsys.store.gcs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that gives one answer to every upload, and another to everything else. */
final class ScriptedServer implements AutoCloseable {
    private final HttpServer http;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private volatile Answer toUploads = new Answer(200, "");
    private volatile Answer toOthers = new Answer(200, "{}");

    /** What to answer. */
    record Answer(int status, String body) {
        static Answer error(int status, String reason) {
            return new Answer(
                    status,
                    "{\"error\":{\"code\":" + status + ",\"message\":\"as scripted\",\"errors\":[{\"reason\":\""
                            + reason + "\"}]}}");
        }
    }

    ScriptedServer() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            boolean upload = exchange.getRequestMethod().equals("POST");
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            Answer answer = upload ? toUploads : toOthers;
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (answer.status() == 307) {
                exchange.getResponseHeaders()
                        .set("Location", endpoint() + exchange.getRequestURI().toString());
            }
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    void toUploads(Answer answer) {
        this.toUploads = answer;
    }

    void toOthers(Answer answer) {
        this.toOthers = answer;
    }

    long uploads() {
        return requests.stream().filter(request -> request.startsWith("POST")).count();
    }

    /** Returns the tokens that came, one a request; "null" for none. */
    List<String> tokens() {
        return tokens;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
