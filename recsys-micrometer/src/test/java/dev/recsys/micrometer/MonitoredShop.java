package dev.recsys.micrometer;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.control.Tenant;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.ReadersInTime;
import dev.recsys.serve.SnapshotStatus;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A recommender over a store that can fail, its metrics in a registry of Prometheus, and a clock for all of them. */
final class MonitoredShop implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration ENOUGH = Duration.ofSeconds(20);

    final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    final InMemoryControls controls = InMemoryControls.create();
    final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock());
    private final MemoryBlobStore objects = MemoryBlobStore.open();
    final FaultyBlobStore store = FaultyBlobStore.over(objects.anotherEndpoint());
    final RecsysMetrics metrics;
    private final Path folder;
    private EmbeddedRecommender recommender;
    private int builds;

    MonitoredShop(Path folder, UnaryOperator<RecsysMetrics.Builder> metrics) {
        this.folder = folder;
        this.metrics = metrics.apply(RecsysMetrics.builder(registry)).build();
        this.recommender = settings().build();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public long wallTime() {
                return clock.millis();
            }

            @Override
            public long monotonicTime() {
                return clock.nanoTime();
            }
        };
    }

    private EmbeddedRecommender.Builder settings() {
        return ReadersInTime.of(EmbeddedRecommender.builder(store), clock)
                .controls(controls)
                .refreshInterval(INTERVAL)
                .localCopies(folder.resolve("copies"))
                .listener(metrics);
    }

    /** Goes on with another recommender, as after a restart, or one with room for so many surfaces. */
    void restart(int maxSurfaces) {
        recommender.close();
        recommender = settings().maxSurfaces(maxSurfaces).build();
    }

    EmbeddedRecommender recommender() {
        return recommender;
    }

    /** Ships popularity of so many items, {@code i0} the best, with events up to an hour ago. */
    void ship(String tenant, String surface, int items) {
        Scope scope = new Scope(tenant, surface);
        Instant watermark = clock.instant().minus(Duration.ofHours(1));
        try (BuildWriter build = BuildWriter.into(folder.resolve("build-" + builds++), scope, "default");
                ManifestPublisher publisher = ManifestPublisher.builder(objects.anotherEndpoint(), "test")
                        .clock(clock)
                        .build()) {
            popularity(build, items);
            Build made = build.finish(
                    new Window(watermark.minus(Duration.ofDays(1)), watermark), watermark, Map.of("made_by", "test"));
            publisher.ship(ShipRequest.of(scope, made, "a ship").createSurface());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void popularity(BuildWriter build, int items) throws IOException {
        try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
            table.row(
                    "",
                    IntStream.range(0, items)
                            .mapToObj(i -> new ScoredItem("i" + i, items - i + builds))
                            .toList());
            table.finish();
        }
    }

    /** Loads a surface; and polls it, for listeners are told a moment after a release serves. */
    void load(String tenant, String surface) {
        recommender.preload(tenant, surface, ENOUGH);
        poll(tenant, surface);
    }

    SnapshotStatus poll(String tenant, String surface) {
        return recommender.invalidate(tenant, surface).join();
    }

    Recommendations recommend(String tenant, String surface) {
        return recommender.recommend(RecommendationRequest.of(tenant, surface)
                .user("secret-user")
                .requestId("secret-request")
                .recentItems(List.of("secret-item"))
                .k(5)
                .build());
    }

    void suspend(String tenant) {
        controls.putTenant(tenant, new Tenant(Tenant.Status.SUSPENDED, Tenant.Serving.ARTIFACTS));
    }

    /** Returns what a scrape gets now; a second later than the last, so that it is asked anew. */
    Scrape scrape() {
        clock.advance(Duration.ofSeconds(1));
        return Scrape.of(registry.scrape());
    }

    @Override
    public void close() {
        recommender.close();
    }
}
