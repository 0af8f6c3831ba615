package dev.recsys.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.days.RandomDays;
import dev.recsys.pipelines.events.BadEventsException;
import dev.recsys.pipelines.events.EventFiles;
import dev.recsys.pipelines.items.ItemFile;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.ImplicitModel;
import dev.recsys.pipelines.signals.ImplicitSettings;
import dev.recsys.pipelines.signals.PairWeights;
import dev.recsys.pipelines.signals.PopularitySettings;
import dev.recsys.pipelines.signals.Similarity;
import dev.recsys.pipelines.signals.Trend;
import dev.recsys.pipelines.spill.SpillSizes;
import dev.recsys.publish.BuiltArtifact;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpilledBuildTest {
    private static final Scope SCOPE = new Scope("acme", "home");

    @TempDir
    Path folder;

    static Stream<Arguments> similaritiesAndSeeds() {
        return Stream.of(Similarity.values())
                .flatMap(similarity -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(similarity, seed)));
    }

    @ParameterizedTest(name = "{0}, shop {1}")
    @MethodSource("similaritiesAndSeeds")
    void filesGiveTheSameBytesAsMemory(Similarity similarity, long seed) throws IOException {
        Random random = new Random(seed);
        CoocSettings cooc = CoocSettings.of(similarity)
                .withNeighbours(3 + random.nextInt(40))
                .withMinSupport(1 + random.nextInt(2))
                .withShrinkage(random.nextInt(3));

        assertSameBytes(SignalBuild.of(SCOPE, List.of(shop(seed))).cooc(cooc), random);
    }

    @ParameterizedTest(name = "{0}, shop {1}")
    @MethodSource("similaritiesAndSeeds")
    void weightsOfPairsGiveTheSameBytesAsInMemory(Similarity similarity, long seed) throws IOException {
        Random random = new Random(seed);
        Optional<Duration> halfLife = seed == 1 ? Optional.empty() : Optional.of(Duration.ofHours(3));
        PairWeights weights = seed == 3
                ? new PairWeights(1, 1_000, halfLife)
                : new PairWeights(0.3 + random.nextDouble() / 2, 1 + random.nextInt(9), halfLife);
        CoocSettings cooc = CoocSettings.of(similarity)
                .withWeights(similarity == Similarity.BM25_COSINE ? PairWeights.ALIKE : weights);

        assertSameBytes(SignalBuild.of(SCOPE, List.of(shop(seed))).cooc(cooc), random);
    }

    @ParameterizedTest
    @EnumSource(
            value = ImplicitModel.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EASE", "IALS"})
    void historiesAndItemsGiveTheSameBytesAsInMemory(ImplicitModel model) throws IOException {
        ItemFile items = ItemFile.of(EventFiles.lines(
                folder.resolve("items.csv"), "item_id,tags,price", "ıtem1,a|b,9.5", "new,b,9", "ıtem2,a,100"));
        SignalBuild build = SignalBuild.of(SCOPE, List.of(shop(11)))
                .signals(Set.of(
                        ArtifactType.POPULARITY, ArtifactType.COOC, ArtifactType.IMPLICIT, ArtifactType.CONTENT_SIM))
                .implicit(ImplicitSettings.of(model).with("history", 7))
                .items(items);

        assertSameBytes(build, new Random(model.name().hashCode()));
    }

    @ParameterizedTest(name = "shop {0}")
    @ValueSource(longs = {21, 22, 23, 24})
    void popularityAndTrendOfSegmentsGiveTheSameBytesAsInMemory(long seed) throws IOException {
        Random random = new Random(seed);
        PopularitySettings settings = PopularitySettings.DEFAULT.withHalfLife(Duration.ofMinutes(90));
        settings = seed % 2 == 0 ? settings.withTrend(new Trend(Duration.ofHours(4), 2, 1.5)) : settings;
        settings = seed < 23 ? settings : settings.withAsOf(Instant.parse("2026-01-01T09:00:00Z"));
        settings = settings.with("segment-items", 1 + random.nextInt(30));

        assertSameBytes(SignalBuild.of(SCOPE, List.of(shop(seed))).popularity(settings), random);
    }

    @ParameterizedTest(name = "days of seed {0}")
    @ValueSource(longs = {41, 42})
    void keptDaysGiveTheSameBytesAsInMemory(long seed) throws IOException {
        Path file = RandomDays.file(folder.resolve("days.csv"), RandomDays.lines(seed, 4, 150));
        DayFolder days = RandomDays.keep(folder.resolve("days"), file);
        SignalBuild build = SignalBuild.ofDays(days, new DayWindow(RandomDays.FIRST.plusDays(3), 3));

        assertSameBytes(build.weights(Map.of("click", 0.0)), new Random(seed));
    }

    @Test
    void keptDaysThatTheHeapDoesNotHoldGoThroughFiles() throws IOException {
        Path file = RandomDays.file(folder.resolve("days.csv"), RandomDays.lines(43, 4, 400));
        DayFolder days = RandomDays.keep(folder.resolve("days"), file);
        SignalBuild build = SignalBuild.ofDays(days, new DayWindow(RandomDays.FIRST.plusDays(3), 4))
                .threads(1);
        long needed = build.into(folder.resolve("memory")).memory().peakBytes();

        SignalBuildReport report = build.heapBytes(needed - 1).into(folder.resolve("files"));

        assertThat(report.diskBytes()).isPositive();
    }

    @Test
    void noEventsGiveTheSameBytesAsInMemory() throws IOException {
        Path empty = EventFiles.lines(folder.resolve("empty.csv"), "ts,item,user");

        assertSameBytes(SignalBuild.of(SCOPE, List.of(empty)), new Random(0));
    }

    @Test
    void aBuildThatTheHeapDoesNotHoldGoesThroughFilesAndTellsItsNeeds() throws IOException {
        List<String> told = new ArrayList<>();
        CoocSettings few = CoocSettings.of(Similarity.JACCARD).withNeighbours(5); // so that events are what takes most
        SignalBuild build = SignalBuild.of(SCOPE, List.of(shop(31)))
                .cooc(few)
                .threads(1)
                .listener(new ProgressListener() {
                    @Override
                    public void progress(Phase phase, long done, long total) {
                        if (done == total) {
                            told.add(phase.name());
                        }
                    }

                    @Override
                    public void disk(Path where, long neededBytes, long usableBytes) {
                        told.add(where + (neededBytes > 10_000 && usableBytes > 0 ? " disk" : ""));
                    }
                });
        SignalBuildReport inMemory = build.into(folder.resolve("memory"));
        told.clear();

        SignalBuildReport inFiles =
                build.heapBytes(inMemory.memory().peakBytes() - 1).into(folder.resolve("files"));

        assertThat(inMemory.diskBytes()).isZero();
        assertThat(inFiles.diskBytes()).isGreaterThan(10_000);
        assertThat(inFiles.memory().peakBytes()).isLessThan(inMemory.memory().peakBytes());
        assertThat(told).containsExactly(folder + " disk", "READ", "SPILL", "POPULARITY", "COOC");
        for (String name : List.of("cooc.rst", "popularity.rst", "build.json")) {
            assertThat(Files.mismatch(
                            folder.resolve("memory").resolve(name),
                            folder.resolve("files").resolve(name)))
                    .as(name)
                    .isEqualTo(-1);
        }
        assertThat(inFiles.users()).isEqualTo(inMemory.users());
        assertThat(inFiles.sessions()).isEqualTo(inMemory.sessions());
        assertThat(inFiles.read()).isEqualTo(inMemory.read());
    }

    @Test
    void readingEndsAsSoonAsItIsSureThatMemoryDoesNotHoldIt() throws IOException {
        List<Long> read = new ArrayList<>();
        SignalBuild build = SignalBuild.of(SCOPE, List.of(shop(32))).listener((phase, done, total) -> {
            if (phase == Phase.READ) {
                read.add(done);
            }
        });

        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.heapBytes(20_000).into(folder.resolve("out")))
                .withMessageContaining("the heap has room for");

        assertThat(read.indexOf(read.get(read.size() - 1))).isEqualTo(read.size() - 1);
        assertThat(read).hasSizeLessThan(250);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void whatNeedsAllSessionsInMemoryIsRefusedAndTheMessageSaysWhatDoesNot() throws IOException {
        SignalBuild build = SignalBuild.of(SCOPE, List.of(shop(33)));
        SignalBuild sequences = build.signals(Set.of(ArtifactType.POPULARITY, ArtifactType.SESSION_SEQ));
        long needed = sequences.into(folder.resolve("memory")).memory().peakBytes();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sequences.heapBytes(needed - 1).into(folder.resolve("out")))
                .withMessageContaining("through files")
                .withMessageContaining("session_seq");
    }

    @Test
    void nothingIsLeftInTheWorkFolderWhateverBecomesOfTheBuild() throws IOException {
        Path work = Files.createDirectory(folder.resolve("work"));
        SignalBuild build =
                SignalBuild.of(SCOPE, List.of(shop(34))).workFolder(work).spills(new SpillSizes(3, 100, 1_000));
        Path bad = EventFiles.lines(folder.resolve("bad.csv"), "ts,item", "5,a", "never,b");

        build.into(folder.resolve("out"));
        assertThat(work).isEmptyDirectory();
        assertThatExceptionOfType(BadEventsException.class)
                .isThrownBy(() -> SignalBuild.of(SCOPE, List.of(bad))
                        .workFolder(work)
                        .spills(new SpillSizes(3, 100, 1_000))
                        .into(folder.resolve("other")));
        assertThat(work).isEmptyDirectory();
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWorkFolderThatIsNoneIsNamedAndSaidToBe(boolean isFile) throws IOException {
        Path work = folder.resolve("work");
        if (isFile) {
            EventFiles.lines(work, "no folder");
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBuild.of(SCOPE, List.of(shop(35)))
                        .workFolder(work)
                        .into(folder.resolve("out")))
                .withMessageContaining("work folder " + work + (isFile ? " is a file" : " is not there"))
                .withMessageContaining("expected a folder")
                .withMessageContaining("name another one");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aWorkFolderThatCannotBeWrittenIsNamed() throws IOException {
        SignalBuild build = SignalBuild.of(SCOPE, List.of(shop(35))).workFolder(Path.of("/proc"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.into(folder.resolve("out")))
                .withMessageContaining("In the work folder /proc no file can be made")
                .withMessageContaining("name another folder");
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"READ", "SPILL", "POPULARITY", "COOC"})
    @EnabledOnOs(OS.LINUX)
    void noFileStaysOpenWhereverABuildFails(Phase failing) throws IOException {
        SignalBuild build = SignalBuild.of(SCOPE, List.of(shop(37)))
                .workFolder(folder)
                .spills(new SpillSizes(3, 100, 1_000))
                .listener((phase, done, total) -> {
                    if (phase == failing) {
                        throw new IllegalStateException("failed in " + phase);
                    }
                });

        assertThatIllegalStateException()
                .isThrownBy(() -> build.into(folder.resolve("out")))
                .withMessage("failed in " + failing);

        assertThat(openFilesIn(folder)).isEmpty();
    }

    private static List<String> openFilesIn(Path folder) throws IOException {
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)) { // else it was that of this listing
                    open.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        open.removeIf(file -> !file.startsWith(folder.toString()));
        return open;
    }

    @Test
    void anInterruptedBuildSaysSoAndLeavesNothing() throws IOException {
        Path work = Files.createDirectory(folder.resolve("work"));
        SignalBuild build = SignalBuild.of(SCOPE, List.of(shop(36)))
                .workFolder(work)
                .spills(new SpillSizes(3, 100, 1_000))
                .listener((phase, done, total) -> {
                    if (phase == Phase.SPILL) {
                        Thread.currentThread().interrupt();
                    }
                });

        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> build.into(folder.resolve("out")));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(work).isEmptyDirectory();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private void assertSameBytes(SignalBuild build, Random random) throws IOException {
        Path memory = folder.resolve("in-memory");
        build.threads(1).into(memory);
        List<SpillSizes> cuts = List.of(
                new SpillSizes(1, 1, 0),
                new SpillSizes(1 + random.nextInt(9), 1 + random.nextInt(500), random.nextInt(20_000)),
                new SpillSizes(16, 1 << 12, 1 << 20));
        for (SpillSizes cut : cuts) {
            Path files = folder.resolve("in-files");
            SignalBuildReport report = build.threads(2).spills(cut).into(files);
            for (BuiltArtifact artifact : report.build().artifacts().values()) {
                Path file = artifact.file();
                assertThat(Files.mismatch(memory.resolve(file.getFileName()), file))
                        .as("%s, %s", file.getFileName(), cut)
                        .isEqualTo(-1);
            }
            assertThat(Files.mismatch(memory.resolve("build.json"), files.resolve("build.json")))
                    .isEqualTo(-1);
        }
    }

    /** Some events have ids, of which many occur again and differ; some name a session, some a user, some neither. */
    private Path shop(long seed) throws IOException {
        Random random = new Random(seed);
        String[] types = {"view", "click", "purchase", "İstek", ""};
        List<String> lines = new ArrayList<>(List.of("event_id,ts,user,session,item,type,segment"));
        for (int i = 0; i < 1_200; i++) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s,%d,%s,%s,ıtem%d,%s,%s",
                    random.nextInt(4) == 0 ? "" : "e" + random.nextInt(900),
                    1_767_225_600L + random.nextInt(200) * 300L,
                    random.nextInt(5) == 0 ? "" : "u" + random.nextInt(40),
                    random.nextBoolean() ? "" : "s" + random.nextInt(60),
                    (int) (80 * random.nextDouble() * random.nextDouble()),
                    types[random.nextInt(types.length)],
                    random.nextBoolean() ? "" : "seg" + random.nextInt(5)));
        }
        return EventFiles.lines(folder.resolve("shop" + seed + ".csv"), lines);
    }
}
