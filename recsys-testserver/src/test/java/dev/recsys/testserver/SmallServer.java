package dev.recsys.testserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that stores what is put, once under each path, and answers {@code /echo/...} with its path. */
final class SmallServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final List<String> applied = new CopyOnWriteArrayList<>();
    private final List<String> hosts = new CopyOnWriteArrayList<>();

    SmallServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    String stored(String path) {
        return new String(objects.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
    }

    /** Methods and paths in the order in which they arrived. */
    List<String> applied() {
        return applied;
    }

    List<String> hosts() {
        return hosts;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            applied.add(exchange.getRequestMethod() + " " + path);
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            switch (exchange.getRequestMethod()) {
                case "PUT" -> put(exchange, path, body);
                case "HEAD" -> head(exchange, path);
                case "DELETE" -> exchange.sendResponseHeaders(204, -1);
                default -> get(exchange, path);
            }
        }
    }

    private void put(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (objects.putIfAbsent(path, body) != null) {
            exchange.sendResponseHeaders(412, -1);
            return;
        }
        exchange.getResponseHeaders().set("ETag", "\"" + body.length + "\"");
        exchange.sendResponseHeaders(200, -1);
    }

    private void head(HttpExchange exchange, String path) throws IOException {
        exchange.getResponseHeaders()
                .set("Content-Length", Integer.toString(stored(path).length()));
        exchange.sendResponseHeaders(200, -1);
    }

    private void get(HttpExchange exchange, String path) throws IOException {
        byte[] body = path.startsWith("/echo/") ? path.getBytes(StandardCharsets.UTF_8) : objects.get(path);
        if (body == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("ETag", "\"" + body.length + "\"");
        boolean chunked = "chunked".equals(exchange.getRequestURI().getQuery());
        exchange.sendResponseHeaders(200, chunked ? 0 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
