package dev.recsys.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.recsys.Scope;
import dev.recsys.micrometer.RecsysMetrics;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.RecommenderHealth;
import dev.recsys.store.BlobStore;
import dev.recsys.store.fs.FileBlobStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * An application that can be operated: {@code /metrics} for Prometheus, {@code /ready} for an orchestrator, and {@code /page}
 * for visitors. Listens on this machine alone.
 *
 * <p>Run {@link NightlyJob} first, so that there is something to serve.
 */
public final class OperatedShop implements AutoCloseable {
    private static final Duration OLDEST_RELEASE = Duration.ofDays(2);

    private final Scope scope;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final EmbeddedRecommender recommender;
    private final HttpServer server;

    /**
     * Opens the shop.
     *
     * @param store stays open when the shop is closed
     * @param scope the surface it shows, without which it is not ready
     * @param port where it listens; 0 for one that is free
     * @throws IOException if nobody can listen there
     */
    public OperatedShop(BlobStore store, Scope scope, int port) throws IOException {
        this.scope = scope;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        this.recommender = EmbeddedRecommender.builder(store)
                .listener(RecsysMetrics.on(registry))
                .build();
        server.createContext("/metrics", exchange -> answer(exchange, 200, registry.scrape()));
        server.createContext("/ready", this::ready);
        server.createContext("/page", this::page);
        server.start();
    }

    /** Returns the port on which it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Old recommendations are better than none: only a process that has nothing gets no traffic. */
    private void ready(HttpExchange exchange) throws IOException {
        RecommenderHealth health = RecommenderHealth.of(recommender, Set.of(scope), OLDEST_RELEASE);
        boolean mayServe = health.state() != RecommenderHealth.State.NOT_READY;
        answer(exchange, mayServe ? 200 : 503, health.state() + " " + health.reasons() + "\n");
    }

    private void page(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                200,
                recommender.recommend(scope.tenant(), scope.surface(), "ann").items() + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        recommender.close();
    }

    /** Takes the folder of a store and perhaps a port, and serves until it is ended. */
    public static void main(String... args) throws IOException {
        if (args.length < 1) {
            System.err.println("usage: OperatedShop <folder of the store> [port]");
            System.exit(2);
        }
        Scope scope = new Scope(ShopEvents.TENANT, ShopEvents.SURFACE);
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 8081;
        OperatedShop shop = new OperatedShop(FileBlobStore.at(Path.of(args[0])), scope, port);
        System.out.println("http://localhost:" + shop.port() + "/metrics, /ready and /page");
    }
}
