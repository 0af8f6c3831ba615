package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Release;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.publish.Build;
import dev.recsys.publish.Builds;
import dev.recsys.publish.BuiltArtifact;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.SnapshotStatus.State;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.trust.TrustList;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Readers that are killed by SIGKILL while they read the tables of a release; the machine and the store go on. */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
class KilledReaderTest {
    private static final int KILLED = 128 + 9;
    private static final int MANY = 100_000; // items, for which code that is never compiled takes long

    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final Publishers publishers = new Publishers(clock);
    private final FaultyBlobStore store = FaultyBlobStore.over(MemoryBlobStore.open());
    private final ManifestPublisher publisher = publishers.over(store, "test");

    @TempDir
    private Path directory;

    private Path copies;
    private Build second;

    @BeforeEach
    void serveTheFirstAndBuildTheSecond() {
        copies = directory.resolve("copies");
        Builds builds = new Builds(directory);
        second = builds.both(MANY, 2);
        publisher.ship(ShipRequest.of(SCOPE, builds.both(10, 1), "the first").createSurface());
        try (EmbeddedRecommender reader = reader()) {
            assertThat(poll(reader).state()).isEqualTo(State.FRESH);
        }
    }

    private EmbeddedRecommender reader() {
        return EmbeddedRecommender.builder(store)
                .ambient(publishers.ambient())
                .refreshInterval(Duration.ofHours(1))
                .localCopies(copies)
                .build();
    }

    private static SnapshotStatus poll(EmbeddedRecommender reader) {
        return reader.invalidate("acme", "home").join();
    }

    @Test
    void aReleaseWhoseReadersAreKilledWhileTheyReadItsCopyIsLeftAlone() throws Exception {
        publisher.ship(ShipRequest.of(SCOPE, second, "the second"));
        try (EmbeddedRecommender reader = reader()) {
            assertThat(poll(reader).state()).isEqualTo(State.FRESH);
        }
        store.always(Fault.UNAVAILABLE);

        killThree(List.of());

        assertLeftAloneForAWhile(State.LAST_KNOWN_GOOD);
    }

    @Test
    void aReleaseWhoseReadersAreKilledWhileTheyReadWhatTheyFetchedIsLeftAlone() throws Exception {
        Release shipped = publisher.ship(ShipRequest.of(SCOPE, second, "the second"));

        killThree(contentOfStore(shipped));

        assertLeftAloneForAWhile(State.FRESH);
    }

    private List<String> contentOfStore(Release shipped) throws IOException {
        byte[] pointer = new PointerReads(store, TrustList.ANYONE, Duration.ofSeconds(5))
                .existing(SCOPE)
                .bytes();
        Path file = Files.write(directory.resolve("pointer"), pointer);
        List<String> content = new ArrayList<>(List.of(file.toString()));
        for (Map.Entry<ArtifactType, BuiltArtifact> artifact :
                second.artifacts().entrySet()) {
            content.add(shipped.manifest()
                    .artifact(artifact.getKey())
                    .orElseThrow()
                    .key()
                    .path());
            content.add(artifact.getValue().file().toString());
        }
        return content;
    }

    private void killThree(List<String> storeContent) throws Exception {
        for (int death = 1; death <= LoadMarkers.MOST_DEATHS; death++) {
            Process process = start(storeContent);
            try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(said.readLine()).isEqualTo(KilledReader.READING);
                process.toHandle().destroyForcibly(); // the process itself would close the stream too
                assertThat(said.readLine()).as("it was not done").isNull();
            }
            assertThat(process.waitFor()).isEqualTo(KILLED);
            assertThat(LocalDisk.list(copies.resolve("acme/home"), "1-2.", ".loading"))
                    .hasSize(death);
        }
    }

    /** Without compiling, the reading of a table takes so long that the kill comes in the middle of it. */
    private Process start(List<String> storeContent) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=exclude,dev.recsys.table.TableReader::*",
                "-XX:CompileCommand=exclude,dev.recsys.internal.IdPool::*",
                "-cp",
                System.getProperty("java.class.path"),
                KilledReader.class.getName(),
                copies.toString(),
                "2"));
        command.addAll(storeContent);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void assertLeftAloneForAWhile(State afterwards) {
        try (EmbeddedRecommender reader = reader()) {
            SnapshotStatus status = poll(reader);
            assertThat(status.revision().orElseThrow().release()).isEqualTo(1);
            assertThat(status.lastError().orElseThrow()).contains("when the process died, 3 times");
            assertThat(reader.recommend("acme", "home", "u1").items()).hasSize(10);

            clock.advance(Duration.ofMinutes(10));

            assertThat(poll(reader).state()).isEqualTo(afterwards);
            assertThat(reader.status("acme", "home").revision().orElseThrow().release())
                    .isEqualTo(2);
        }
    }
}
