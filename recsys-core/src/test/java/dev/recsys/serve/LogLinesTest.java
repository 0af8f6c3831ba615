package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.recsys.artifact.Release;
import dev.recsys.publish.Builds;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The lines that operators search for. */
class LogLinesTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(EmbeddedRecommender.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Publishers publishers = new Publishers(FakeClock.at("2026-02-01T00:00:00Z"));
    private final FaultyBlobStore store = FaultyBlobStore.over(MemoryBlobStore.open());

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(Level.OFF);
    }

    private List<String> messages() {
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }

    @Test
    void aLoadedManifestIsOneLineWithEverythingThatIdentifiesIt() {
        Release release = publishers
                .over(store, "test")
                .ship(ShipRequest.of(SCOPE, new Builds(directory).both(10, 1), "a ship")
                        .createSurface());
        try (EmbeddedRecommender recommender =
                EmbeddedRecommender.builder(store).ambient(publishers.ambient()).build()) {
            recommender.preload("acme", "home", Duration.ofSeconds(20));
        }

        assertThat(messages())
                .containsExactly(
                        "INFO artifact manifest loaded tenant=acme surface=home release=1 epoch=1 seq=1 artifacts=2"
                                + " bytes=" + release.manifest().sizeBytes() + " duration_ms=0 source=store");
    }

    @Test
    void aFailedFetchIsAnErrorLineWithoutUsers() {
        store.always(StoreCall.READ, Fault.UNAVAILABLE);
        try (EmbeddedRecommender recommender =
                EmbeddedRecommender.builder(store).ambient(publishers.ambient()).build()) {
            recommender.recommend("acme", "home", "secret-user");
        }

        assertThat(messages())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .startsWith(
                                "ERROR artifact manifest fetch failed tenant=acme surface=home serving_release=none failures=")
                        .doesNotContain("secret-user"));
    }
}
