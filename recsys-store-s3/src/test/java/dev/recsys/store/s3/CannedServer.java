package dev.recsys.store.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers everything with the same words, and counts how often it was asked. */
final class CannedServer implements AutoCloseable {
    private final HttpServer server;
    private final Answer answer;
    private final List<String> methods = new CopyOnWriteArrayList<>();

    /**
     * What to answer.
     *
     * @param status the status
     * @param body the body; of a HEAD it is left out
     * @param headers names and values, in turn
     */
    record Answer(int status, String body, List<String> headers) {}

    CannedServer(int status, String body, String... headers) {
        this.answer = new Answer(status, body, List.of(headers));
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** Returns an error of S3. */
    static CannedServer error(int status, String code) {
        return new CannedServer(
                status, "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>canned</Message></Error>");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            methods.add(exchange.getRequestMethod());
            exchange.getRequestBody().readAllBytes();
            for (int i = 0; i < answer.headers().size(); i += 2) {
                exchange.getResponseHeaders()
                        .add(answer.headers().get(i), answer.headers().get(i + 1));
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            boolean bodiless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
            exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : body.length);
            if (!bodiless) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns the methods of the requests that came. */
    List<String> methods() {
        return List.copyOf(methods);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
