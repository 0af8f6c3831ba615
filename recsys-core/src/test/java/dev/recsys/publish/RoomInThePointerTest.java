package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.MemoryBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build never takes so much of a pointer that an operation after its ship has no room, nor what nobody can read. */
class RoomInThePointerTest {
    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final ManifestPublisher publisher = new Publishers(clock).over(store, "\u00e9".repeat(500));

    @TempDir
    private Path directory;

    private Build build(String name, int tables, String group, Map<String, String> evidence) throws IOException {
        try (BuildWriter build = BuildWriter.into(directory.resolve(name), SCOPE, group)) {
            Builds.popularity(build, 10, name.hashCode() & 0xFF);
            for (int i = 1; i < tables; i++) {
                Builds.neighbours(build, new ArtifactType("signal_" + "x".repeat(30) + i), 10, name.hashCode() & 0xFF);
            }
            return build.finish(new Window(clock.instant(), clock.instant()), clock.instant(), evidence);
        }
    }

    @Test
    void evidenceIsPlainTextAndNotTooMuch() {
        assertThatThrownBy(() -> build("a", 1, "sku", Map.of("note", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'note'");
        assertThatThrownBy(() -> build("b", 1, "sku", Map.of("note", "x".repeat(4_000))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4004 characters");
        assertThatThrownBy(() -> build("c", 17, "sku", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("17 artifacts");
    }

    @Test
    void aGroupIsNamedEvenWithoutTables() {
        assertThatThrownBy(() -> BuildWriter.into(directory.resolve("x"), SCOPE, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("compatibility group");
    }

    @Test
    void theLargestBuildsLeaveRoomForRollbacksAndHolds() throws IOException {
        String longest = "\u00e9".repeat(500);
        Map<String, String> evidence = Map.of("note", "\u00e9".repeat(3_996));
        for (int i = 1; i <= 6; i++) {
            publisher.ship(ShipRequest.of(SCOPE, build("largest" + i, 16, "sku", evidence), longest)
                    .overrideAll()
                    .createSurface());
            clock.advance(Duration.ofDays(1));
        }
        for (int i = 1; i <= 5; i++) {
            publisher.rollback("acme", "home", longest);
        }
        publisher.hold("acme", "home", longest, Optional.of(Builds.day(1_000)));

        assertThat(publisher.current("acme", "home").hold()).isPresent();
        assertThat(publisher.current("acme", "home").quarantined()).hasSize(64);
    }
}
