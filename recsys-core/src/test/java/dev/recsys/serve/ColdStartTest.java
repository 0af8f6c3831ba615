package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.Degradation.Kind;
import dev.recsys.NotReadyException;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Release;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.SnapshotStatus.State;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.Sha256;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader starts while the store is away, and what is on its disk may be anything. */
class ColdStartTest {
    private static final Duration ENOUGH = Duration.ofSeconds(20);

    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final Publishers publishers = new Publishers(clock);
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final FaultyBlobStore faulty = FaultyBlobStore.over(store.anotherEndpoint());
    private final ManifestPublisher publisher = publishers.over(store, "test");

    @TempDir
    private Path directory;

    private Path root;
    private Path folder;
    private Builds builds;

    @BeforeEach
    void setUp() {
        root = directory.resolve("copies");
        folder = root.resolve("acme/home");
        builds = new Builds(directory);
    }

    private EmbeddedRecommender.Builder builder() {
        return EmbeddedRecommender.builder(faulty)
                .ambient(publishers.ambient())
                .refreshInterval(Duration.ofHours(1))
                .localCopies(root);
    }

    /** Ships a release of {@code 9 + id} items. */
    private Release ship(int id) {
        return publisher.ship(
                ShipRequest.of(SCOPE, builds.both(9 + id, id), "ship " + id).createSurface());
    }

    /** Ships releases up to an id, all of which a reader serves, and takes the store away. */
    private void serveUpTo(int id) {
        try (EmbeddedRecommender reader = builder().build()) {
            for (int release = 1; release <= id; release++) {
                ship(release);
                assertThat(reader.invalidate("acme", "home").join().state()).isEqualTo(State.FRESH);
            }
        }
        faulty.always(Fault.UNAVAILABLE);
    }

    private static Recommendations recommend(EmbeddedRecommender reader) {
        return reader.recommend("acme", "home", "u1");
    }

    private List<Path> files(String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new process, as far as this can be seen from the store and the disk. */
    private void assertServes(long release, State state) {
        try (EmbeddedRecommender reader = builder().build()) {
            SnapshotStatus status = reader.invalidate("acme", "home").join();
            assertThat(status.state()).as("%s", status).isEqualTo(state);
            assertThat(recommend(reader).release()).isEqualTo(release);
            assertThat(recommend(reader).items()).hasSize((int) (9 + release));
        }
    }

    private void assertNothingServes() {
        try (EmbeddedRecommender reader = builder().build()) {
            assertThat(recommend(reader).items()).isEmpty();
            assertThat(recommend(reader).degradations().get(0).kind()).isEqualTo(Kind.NOT_READY);
            assertThatThrownBy(() -> reader.preload("acme", "home", Duration.ofMillis(1)))
                    .isInstanceOf(NotReadyException.class);
        }
    }

    private Path artifactOf(Release release) {
        return folder.resolve(release.manifest().digests().get(ArtifactType.POPULARITY) + ".rst");
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void withoutTheStoreTheLastReleaseIsServedAndTheAnswersSaySo() {
        serveUpTo(2);
        try (EmbeddedRecommender reader = builder().build()) {
            Recommendations answer = recommend(reader);

            assertThat(answer.release()).isEqualTo(2);
            assertThat(answer.degradations().get(0).kind()).isEqualTo(Kind.LAST_KNOWN_GOOD);
            SnapshotStatus status = reader.status("acme", "home");
            assertThat(status.state()).isEqualTo(State.LAST_KNOWN_GOOD);
            assertThat(status.sinceVerified()).isEmpty();
            assertThat(status.lastError().orElseThrow()).contains("is not reached");

            faulty.heal();
            assertThat(reader.invalidate("acme", "home").join().state()).isEqualTo(State.FRESH);
            assertThat(recommend(reader).degradations())
                    .extracting(d -> d.kind())
                    .doesNotContain(Kind.LAST_KNOWN_GOOD);
            ship(3);
            assertThat(reader.invalidate("acme", "home").join().state()).isEqualTo(State.FRESH);
            assertThat(recommend(reader).release()).isEqualTo(3);
        }
    }

    @Test
    void whatIsOnTheDiskIsNotFetchedAgain() {
        serveUpTo(1);
        faulty.heal();
        int copies = faulty.count(StoreCall.COPY);

        assertServes(1, State.FRESH);

        assertThat(faulty.count(StoreCall.COPY)).isEqualTo(copies);
    }

    @Test
    void onlyTheLastTwoReleasesStay() {
        serveUpTo(5);

        assertThat(files(".pointer")).hasSize(2);
        assertThat(files(".rst")).hasSize(4);
        assertThat(files("ing")).isEmpty();
    }

    @Test
    void aHoldReplacesThePointerOfItsRelease() {
        serveUpTo(2);
        faulty.heal();
        publisher.hold("acme", "home", "sale", Optional.empty());

        assertServes(2, State.FRESH);

        assertThat(files(".pointer")).hasSize(2);
        assertThat(files(".pointer").get(1).getFileName())
                .hasToString("00000000000000000001-00000000000000000003.pointer");
    }

    @Test
    void aDamagedPointerMakesWayForTheReleaseBefore() throws IOException {
        serveUpTo(2);
        Path newest = files(".pointer").get(1);
        byte[] good = Files.readAllBytes(newest);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 40; i++) {
            Files.write(newest, good);
            flip(newest, random.nextInt(good.length));
            assertServesOneOf(1, 2);
        }
        for (byte[] torn : List.of(new byte[0], Arrays.copyOf(good, good.length / 2))) {
            Files.write(newest, torn);
            assertServes(1, State.LAST_KNOWN_GOOD);
        }
        Files.delete(newest);
        assertServes(1, State.LAST_KNOWN_GOOD);
    }

    /** A flipped bit that only changes the case of a field nobody reads leaves the pointer what it was. */
    private void assertServesOneOf(long... releases) {
        try (EmbeddedRecommender reader = builder().build()) {
            Recommendations answer = recommend(reader);
            assertThat(releases).contains(answer.release());
            assertThat(answer.items()).hasSize((int) (9 + answer.release()));
        }
    }

    @Test
    void aDamagedArtifactMakesWayForTheReleaseBefore() throws IOException {
        ship(1);
        Release second;
        try (EmbeddedRecommender reader = builder().build()) {
            reader.invalidate("acme", "home").join();
            second = ship(2);
            reader.invalidate("acme", "home").join();
        }
        faulty.always(Fault.UNAVAILABLE);
        Path artifact = artifactOf(second);
        byte[] good = Files.readAllBytes(artifact);
        for (int at = 0; at < good.length; at += 5) {
            Files.write(artifact, good);
            flip(artifact, at);
            assertServes(1, State.LAST_KNOWN_GOOD);
        }
        for (byte[] torn : List.of(new byte[0], Arrays.copyOf(good, good.length - 1))) {
            Files.write(artifact, torn);
            assertServes(1, State.LAST_KNOWN_GOOD);
        }
        Files.delete(artifact);
        assertServes(1, State.LAST_KNOWN_GOOD);

        faulty.heal();
        assertServes(2, State.FRESH);
        assertThat(artifact).as("was fetched again").hasBinaryContent(good);
    }

    @Test
    void aSoundTableInAnotherOnesPlaceIsNotServed() throws IOException {
        ship(1);
        Release second;
        try (EmbeddedRecommender reader = builder().build()) {
            reader.invalidate("acme", "home").join();
            second = ship(2);
            reader.invalidate("acme", "home").join();
        }
        faulty.always(Fault.UNAVAILABLE);
        Path artifact = artifactOf(second);
        Path other = Optional.ofNullable(builds.both(11, 5).artifacts().get(ArtifactType.POPULARITY))
                .orElseThrow()
                .file();
        assertThat(other).as("can only be told by its digest").hasSize(Files.size(artifact));
        Files.copy(other, artifact, StandardCopyOption.REPLACE_EXISTING);

        assertServes(1, State.LAST_KNOWN_GOOD);
    }

    @Test
    void whateverIsWrongWithAnAlteredCopyTheDigestIsWhatIsSaid() throws IOException {
        serveUpTo(1);
        Path artifact = files(".rst").get(0);
        byte[] good = Files.readAllBytes(artifact);
        for (int at = 0; at < good.length; at += 7) {
            Files.write(artifact, good);
            flip(artifact, at);
            try (EmbeddedRecommender reader = builder().build()) {
                recommend(reader);
                assertThat(reader.status("acme", "home").lastError().orElseThrow())
                        .as("byte %s", at)
                        .endsWith("last_known_good: the copy " + artifact + " of release 1 is missing or altered)");
            }
        }
    }

    @Test
    void whenBothGenerationsAreDamagedNothingIsServedUntilTheStoreIsBack() throws IOException {
        serveUpTo(2);
        for (Path file : files(".rst")) {
            flip(file, 100);
        }
        assertNothingServes();

        faulty.heal();
        assertServes(2, State.FRESH);
        faulty.always(Fault.UNAVAILABLE);
        assertServes(2, State.LAST_KNOWN_GOOD);
    }

    @Test
    void anotherTenantsCopiesAreNotServed() throws IOException {
        serveUpTo(2);
        Path theirs = root.resolve("other/home");
        Files.createDirectories(theirs);
        for (Path file : files("")) {
            Files.copy(file, theirs.resolve(file.getFileName()));
        }
        try (EmbeddedRecommender reader = builder().build()) {
            assertThat(reader.recommend("other", "home", "u1").items()).isEmpty();
        }
    }

    @Test
    void aPointerUnderAnotherNameAndOneOfANewerVersionAreNotServed() throws IOException {
        serveUpTo(2);
        Path newest = files(".pointer").get(1);
        Files.move(newest, folder.resolve("00000000000000000001-00000000000000000009.pointer"));
        assertServes(1, State.LAST_KNOWN_GOOD);

        String payload = "{\"min_reader\":99}";
        Files.writeString(
                newest,
                "{\"payload_type\":\"application/vnd.recsys.pointer+json\",\"payload\":\""
                        + Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                        + "\",\"sha256\":\""
                        + Sha256.of(payload.getBytes(StandardCharsets.UTF_8))
                        + "\",\"signatures\":[]}");
        assertServes(1, State.LAST_KNOWN_GOOD);
    }

    @Test
    void aStoreThatHangsKeepsNothingFromBeingServed() {
        serveUpTo(2);
        faulty.heal();
        CountDownLatch answered = new CountDownLatch(1);
        faulty.beforeNext(StoreCall.READ, () -> awaitQuietly(answered));
        ConcurrentLinkedQueue<String> loads = new ConcurrentLinkedQueue<>();
        try (EmbeddedRecommender reader = builder()
                .storeDeadline(Duration.ofMillis(10))
                .listener(new RecommenderListener() {
                    @Override
                    public void onLoaded(SnapshotStatus status, Duration took) {
                        loads.add(status.state() + " "
                                + status.revision().orElseThrow().seq());
                    }
                })
                .build()) {
            assertThat(reader.preload("acme", "home", ENOUGH).state()).isEqualTo(State.LAST_KNOWN_GOOD);
            ship(3);
            answered.countDown();
            assertThat(reader.invalidate("acme", "home").join().state()).isEqualTo(State.FRESH);

            assertThat(recommend(reader).release()).isEqualTo(3);
        }
        assertThat(loads)
                .startsWith("LAST_KNOWN_GOOD 2")
                .doesNotHaveDuplicates()
                .endsWith("FRESH 3");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void afterARestartAStoreThatWentBackOrLostTheSurfaceIsNotFollowed() {
        ship(1);
        StoredPointer first =
                new PointerReads(store, TrustList.ANYONE, ENOUGH).current(SCOPE).orElseThrow();
        serveUpTo2Of(first);
        MemoryBlobStore emptied = MemoryBlobStore.open();
        try (EmbeddedRecommender reader = EmbeddedRecommender.builder(emptied)
                .ambient(publishers.ambient())
                .localCopies(root)
                .build()) {
            SnapshotStatus status = reader.invalidate("acme", "home").join();
            assertThat(status.state()).isEqualTo(State.LAST_KNOWN_GOOD);
            assertThat(status.lastError().orElseThrow()).contains("vanished");
            assertThat(recommend(reader).release()).isEqualTo(2);
        }
        faulty.heal();
        try (EmbeddedRecommender reader = builder().build()) {
            SnapshotStatus status = reader.invalidate("acme", "home").join();
            assertThat(status.state()).isEqualTo(State.LAST_KNOWN_GOOD);
            assertThat(status.lastError().orElseThrow()).contains("goes back");
            assertThat(recommend(reader).release()).isEqualTo(2);
        }
    }

    private void serveUpTo2Of(StoredPointer first) {
        ship(2);
        assertServes(2, State.FRESH);
        StoredPointer second =
                new PointerReads(store, TrustList.ANYONE, ENOUGH).current(SCOPE).orElseThrow();
        store.compareAndSet(ScopeKeys.current(SCOPE), second.version(), first.bytes(), ENOUGH);
    }

    @Test
    void whatARollbackPutIntoQuarantineIsNotServedFromTheDisk() {
        serveUpTo(2);
        faulty.heal();
        publisher.rollback("acme", "home", "bad");
        assertServes(1, State.FRESH);
        faulty.always(Fault.UNAVAILABLE);
        assertServes(1, State.LAST_KNOWN_GOOD);

        removeArtifactsOf(1);
        assertNothingServes();
    }

    @Test
    void aRollbackThatTheStoreToldOfCountsAlthoughItCannotBeLoaded() {
        serveUpTo(2);
        faulty.heal();
        publisher.rollback("acme", "home", "bad");
        faulty.always(StoreCall.COPY, Fault.UNAVAILABLE);
        removeArtifactsOf(1);

        assertNothingServes();
    }

    private void removeArtifactsOf(long release) {
        publisher.history("acme", "home", 10).stream()
                .filter(revision -> revision.release() == release)
                .flatMap(revision -> revision.manifest().digests().values().stream())
                .forEach(digest -> folder.resolve(digest + ".rst").toFile().delete());
    }

    @Test
    void aBootstrapIsTheLastResortAndGivesWayToWhateverTheStoreSays() throws IOException {
        serveUpTo(2);
        Path bundled = directory.resolve("bundled");
        Files.move(root, bundled);
        try (EmbeddedRecommender reader = builder().bootstrap(bundled).build()) {
            SnapshotStatus status = reader.invalidate("acme", "home").join();
            assertThat(status.state()).isEqualTo(State.BOOTSTRAP);
            assertThat(recommend(reader).release()).isEqualTo(2);
            assertThat(recommend(reader).degradations().get(0).kind()).isEqualTo(Kind.BOOTSTRAP);

            faulty.heal();
            assertThat(reader.invalidate("acme", "home").join().state()).isEqualTo(State.FRESH);
        }
        faulty.always(Fault.UNAVAILABLE);
        assertServes(2, State.LAST_KNOWN_GOOD);

        for (Path file : files(".rst")) {
            flip(file, 50);
        }
        try (EmbeddedRecommender reader = builder().bootstrap(bundled).build()) {
            assertThat(reader.preload("acme", "home", ENOUGH).state()).isEqualTo(State.BOOTSTRAP);
        }
    }

    @Test
    void aStoreThatIsOlderThanABootstrapIsFollowed() throws IOException {
        serveUpTo(2);
        Path bundled = directory.resolve("bundled");
        Files.move(root, bundled);
        MemoryBlobStore staging = MemoryBlobStore.open();
        FaultyBlobStore away = FaultyBlobStore.over(staging);
        away.always(Fault.UNAVAILABLE);
        try (EmbeddedRecommender reader = EmbeddedRecommender.builder(away)
                .ambient(publishers.ambient())
                .bootstrap(bundled)
                .build()) {
            assertThat(reader.preload("acme", "home", ENOUGH).state()).isEqualTo(State.BOOTSTRAP);
            publishers
                    .over(staging, "test")
                    .ship(ShipRequest.of(SCOPE, builds.both(30, 3), "staging").createSurface());
            away.heal();
            assertThat(reader.invalidate("acme", "home").join().state()).isEqualTo(State.FRESH);
            assertThat(recommend(reader).release()).isEqualTo(1);
        }
    }

    private void dieLoading(long seq, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            Files.createFile(folder.resolve("1-" + seq + ".999999999-1.died" + i + ".loading"));
        }
    }

    @Test
    void aRevisionThatThreeProcessesDiedOfIsLeftAloneForAWhile() throws IOException {
        serveUpTo(2);
        dieLoading(2, 2);
        assertServes(2, State.LAST_KNOWN_GOOD);
        assertThat(files("ing")).as("a success forgets the deaths").isEmpty();

        dieLoading(2, 4);
        try (EmbeddedRecommender reader = builder().build()) {
            SnapshotStatus status = reader.invalidate("acme", "home").join();
            assertThat(status.revision().orElseThrow().release()).isEqualTo(1);
            assertThat(status.lastError().orElseThrow()).contains("when the process died, 3 times");
            assertThat(files("ing")).as("deaths do not pile up").hasSize(3);

            clock.advance(Duration.ofMinutes(9));
            assertThat(reader.invalidate("acme", "home")
                            .join()
                            .revision()
                            .orElseThrow()
                            .release())
                    .isEqualTo(1);
            clock.advance(Duration.ofMinutes(1));
            assertThat(reader.invalidate("acme", "home")
                            .join()
                            .revision()
                            .orElseThrow()
                            .release())
                    .isEqualTo(2);
            assertThat(files("ing")).isEmpty();
        }
    }

    @Test
    void aLoadThatCameToNothingForgetsNoDeaths() throws IOException {
        serveUpTo(1);
        faulty.heal();
        try (EmbeddedRecommender reader = builder()
                .memoryBudget(MemoryNeed.of(ship(2).manifest(), false))
                .idleAfter(Duration.ofHours(2))
                .build()) {
            reader.preload("acme", "home", ENOUGH);
            ship(3);
            dieLoading(3, 2);
            clock.advance(Duration.ofHours(3));

            reader.invalidate("acme", "home").join();

            assertThat(reader.statuses()).as("it was idle and left").isEmpty();
            assertThat(files(".loading")).hasSize(2);
        }
    }

    @Test
    void processesThatDieWhileTheyLoadAreCounted() throws Exception {
        serveUpTo(1);
        for (int i = 0; i < LoadMarkers.MOST_DEATHS; i++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            DyingReader.class.getName(),
                            directory.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(process.waitFor()).as("died when release 2 was loaded").isEqualTo(DyingReader.EXIT);
        }
        assertThat(files(".loading"))
                .as("release 1, which was being loaded from its copy, may have been interrupted as well")
                .filteredOn(file -> file.getFileName().toString().startsWith("1-2."))
                .hasSize(LoadMarkers.MOST_DEATHS);
        faulty.heal();
        ship(2);
        try (EmbeddedRecommender reader = builder().build()) {
            SnapshotStatus status = reader.invalidate("acme", "home").join();
            assertThat(status.lastError().orElseThrow()).contains("when the process died, 3 times");
            assertThat(recommend(reader).release()).isEqualTo(1);

            clock.advance(Duration.ofMinutes(10));
            assertThat(reader.invalidate("acme", "home").join().state()).isEqualTo(State.FRESH);
            assertThat(recommend(reader).release()).isEqualTo(2);
        }
    }

    @Test
    void aReleaseOfTheStoreThatProcessesDiedOfIsLeftAloneToo() throws IOException {
        serveUpTo(1);
        faulty.heal();
        ship(2);
        dieLoading(2, 3);
        try (EmbeddedRecommender reader = builder().build()) {
            SnapshotStatus status = reader.invalidate("acme", "home").join();
            assertThat(status.state()).isEqualTo(State.LAST_KNOWN_GOOD);
            assertThat(status.revision().orElseThrow().release()).isEqualTo(1);

            clock.advance(Duration.ofMinutes(10));
            assertThat(reader.invalidate("acme", "home").join().state()).isEqualTo(State.FRESH);
            assertThat(recommend(reader).release()).isEqualTo(2);
        }
    }

    @Test
    void aLoadThatDiesByAnErrorPoisonsNothing() {
        serveUpTo(1);
        faulty.heal();
        ship(2);
        FaultyBlobStore dying = FaultyBlobStore.over(store.anotherEndpoint());
        dying.next(StoreCall.COPY, Fault.DIES_BEFORE);
        try (EmbeddedRecommender reader = EmbeddedRecommender.builder(dying)
                .ambient(publishers.ambient())
                .localCopies(root)
                .build()) {
            assertThat(reader.invalidate("acme", "home").join().state()).isEqualTo(State.LAST_KNOWN_GOOD);
            assertThat(recommend(reader).release()).isEqualTo(1);
        }
        assertServes(2, State.FRESH);
    }

    @Test
    void aDiskThatIsFullKeepsNothingFromBeingServed() {
        LocalDisk full = new LocalDisk() {
            @Override
            void write(Path target, Content content) throws IOException {
                super.write(
                        target,
                        out -> content.writeTo(new OutputStream() {
                            @Override
                            public void write(int b) throws IOException {
                                throw new IOException("No space left on device");
                            }
                        }));
            }
        };
        ship(1);
        try (EmbeddedRecommender reader = builder().localDisk(full).build()) {
            SnapshotStatus status = reader.invalidate("acme", "home").join();
            assertThat(status.state()).isEqualTo(State.FRESH);
            assertThat(status.lastError().orElseThrow()).contains("No space left");
            assertThat(recommend(reader).items()).hasSize(10);
        }
        assertThat(files("")).as("nothing half written").isEmpty();
    }

    /** A disk that is full at first; how many bytes are free can be asked for, or only be found out. */
    private static final class FullDisk extends LocalDisk {
        private final boolean tells;
        private boolean full = true;

        FullDisk(boolean tells) {
            this.tells = tells;
        }

        @Override
        long freeBytes(Path folder) {
            return full && tells ? 0 : Long.MAX_VALUE;
        }

        @Override
        void write(Path target, Content content) throws IOException {
            super.write(
                    target,
                    out -> content.writeTo(
                            full
                                    ? new OutputStream() {
                                        @Override
                                        public void write(int b) throws IOException {
                                            throw new IOException("No space left on device");
                                        }
                                    }
                                    : out));
        }
    }

    @Test
    void whatDoesNotFitOnTheDiskIsFetchedOnce() {
        ship(1);
        try (EmbeddedRecommender reader =
                builder().localDisk(new FullDisk(true)).build()) {
            reader.invalidate("acme", "home").join();

            assertThat(faulty.count(StoreCall.COPY)).as("of two artifacts").isEqualTo(2);
            assertThat(reader.status("acme", "home").lastError().orElseThrow()).contains("No space left");
        }
    }

    @Test
    void aDiskThatFailsWhileItIsWrittenIsNotTriedWithTheNextArtifact() {
        ship(1);
        try (EmbeddedRecommender reader =
                builder().localDisk(new FullDisk(false)).build()) {
            reader.invalidate("acme", "home").join();

            assertThat(faulty.count(StoreCall.COPY))
                    .as("the first of two artifacts twice")
                    .isEqualTo(3);
        }
    }

    @Test
    void whatCouldNotBeKeptIsTriedAgainWithoutANewRevision() {
        FullDisk disk = new FullDisk(true);
        ship(1);
        try (EmbeddedRecommender reader = builder().localDisk(disk).build()) {
            reader.invalidate("acme", "home").join();
            clock.advance(Duration.ofMinutes(1));
            reader.invalidate("acme", "home").join();
            assertThat(faulty.count(StoreCall.COPY)).as("still full").isEqualTo(2);

            disk.full = false;
            clock.advance(Duration.ofMinutes(1));
            reader.invalidate("acme", "home").join();
            assertThat(files(".rst")).as("the pause has doubled").isEmpty();
            clock.advance(Duration.ofMinutes(1));

            assertThat(reader.invalidate("acme", "home").join().lastError()).isEmpty();
        }
        assertThat(faulty.count(StoreCall.COPY)).isEqualTo(4);
        faulty.always(Fault.UNAVAILABLE);
        assertServes(1, State.LAST_KNOWN_GOOD);
    }

    @Test
    void whoeverKeepsACopyOfWhatServesAlreadyIsSeenToBeAtWork() throws IOException {
        serveUpTo(1);
        AtomicReference<List<Path>> marks = new AtomicReference<>(List.of());
        try (EmbeddedRecommender reader = builder().build()) {
            reader.preload("acme", "home", ENOUGH);
            Files.delete(files(".rst").get(0));
            faulty.heal();
            faulty.beforeNext(StoreCall.COPY, () -> marks.set(files(".fetching")));

            reader.invalidate("acme", "home").join();
        }
        assertThat(marks.get()).hasSize(1);
        assertThat(files(".fetching")).isEmpty();
        assertThat(files(".rst")).hasSize(2);
    }

    @Test
    void onAFullDiskTablesAreMappedAllTheSame() {
        ship(1);
        try (EmbeddedRecommender onHeap = builder().build()) {
            long heapBytes = onHeap.preload("acme", "home", ENOUGH).heapBytes();
            try (EmbeddedRecommender mapped = builder()
                    .localCopies(directory.resolve("others"))
                    .localDisk(new FullDisk(true))
                    .mapArtifacts()
                    .build()) {
                SnapshotStatus status = mapped.preload("acme", "home", ENOUGH);

                assertThat(status.heapBytes())
                        .isLessThan(heapBytes)
                        .isLessThanOrEqualTo(
                                MemoryNeed.of(status.revision().orElseThrow().manifest(), true));
                assertThat(recommend(mapped).items())
                        .isEqualTo(recommend(onHeap).items());
            }
        }
    }

    @Test
    void aFolderThatCannotBeMadeKeepsNothingFromBeingServed() throws IOException {
        Files.writeString(root, "a file where the folder should be");
        ship(1);

        assertServes(1, State.FRESH);

        faulty.always(Fault.UNAVAILABLE);
        assertNothingServes();
    }

    @Test
    void leftoversOfProcessesThatAreGoneAreRemovedAndThoseOfLivingOnesAreNot() throws IOException {
        serveUpTo(1);
        faulty.heal();
        Path dead = Files.createFile(folder.resolve(".tmp-999999999-1-x"));
        Path alive = Files.createFile(folder.resolve(".tmp-" + ProcessMark.current() + "-x"));
        Path orphan = Files.createFile(folder.resolve("f".repeat(64) + ".rst"));
        ship(2);

        assertServes(2, State.FRESH);

        assertThat(dead).doesNotExist();
        assertThat(alive).exists();
        assertThat(orphan).doesNotExist();
    }

    @Test
    void whileAnybodyLoadsNoArtifactIsDeleted() throws IOException {
        serveUpTo(2);
        faulty.heal();
        Path marker = Files.createFile(folder.resolve("1-9." + ProcessMark.current() + ".x.fetching"));
        ship(3);
        assertServes(3, State.FRESH);
        assertThat(files(".rst")).hasSize(6);

        Files.delete(marker);
        ship(4);
        assertServes(4, State.FRESH);
        assertThat(files(".rst")).hasSize(4);
    }

    @Test
    void severalReadersShareAFolder() throws InterruptedException {
        ship(1);
        List<EmbeddedRecommender> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(builder().build());
        }
        for (int release = 2; release <= 10; release++) {
            ship(release);
            readers.stream()
                    .map(reader -> reader.invalidate("acme", "home"))
                    .toList()
                    .forEach(polled -> assertThat(polled.join().failures()).isZero());
        }
        readers.forEach(EmbeddedRecommender::close);
        assertThat(files("ing")).isEmpty();
        faulty.always(Fault.UNAVAILABLE);
        assertServes(10, State.LAST_KNOWN_GOOD);
    }

    @Test
    void aPointerWithoutAReleaseIsNotKept() {
        publisher.createSurface("acme", "home", "new");
        try (EmbeddedRecommender reader = builder().build()) {
            reader.invalidate("acme", "home").join();
        }
        assertThat(folder).doesNotExist();
        StoredPointer created =
                new PointerReads(store, TrustList.ANYONE, ENOUGH).current(SCOPE).orElseThrow();
        assertThat(PointerCodec.decode(TrustList.ANYONE, new Scope("acme", "home"), "it", created.bytes())
                        .release())
                .isZero();
        assertThat(created.version()).isNotEqualTo(BlobVersion.ABSENT);
    }
}
