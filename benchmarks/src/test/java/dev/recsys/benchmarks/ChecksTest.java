package dev.recsys.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks' own checks pass on a tiny shop; nothing is timed. */
class ChecksTest {
    @TempDir
    private Path folder;

    @Test
    void recsysAndStringMapsGiveEqualAnswers() throws IOException {
        try (RecommendWork work = new RecommendWork(folder, 2_000)) {
            assertThat(work.recsys()).hasSize(20);
            assertThat(work.stringMaps()).hasSize(20);
        }
    }

    @Test
    void allWaysFromACsvFileFindTheSameNeighbours() throws Exception {
        CsvBuildTable table = new CsvBuildTable(folder);

        table.check(8_000, 400);

        assertThat(folder.resolve("check-build")).isDirectory();
    }

    @Test
    void aColdStartAnswersFromItsCopies() throws IOException {
        ColdStart work = new ColdStart(folder);

        assertThat(work.write(500)).startsWith("FRESH");
        assertThat(work.start()).contains("20 items answered").contains("LAST_KNOWN_GOOD");
    }

    @Test
    void allFormsOfATableHoldTheSame() throws IOException {
        ArtifactTable table = new ArtifactTable(folder.resolve("forms"));

        table.write(500, 40);

        assertThat(Files.size(folder.resolve("forms/form-0"))) // packed, against JSON
                .isLessThan(Files.size(folder.resolve("forms/form-7")) / 8);
    }

    @Test
    void aLargeReleaseAnswersFromTheStoreAndFromItsCopies() throws IOException {
        MillionTable table = new MillionTable(folder.resolve("shop"), 2_000, 20);

        table.ship(20);

        String answers = table.serve(0).lines().findFirst().orElseThrow();
        assertThat(table.serve(1)).startsWith(answers);
        assertThat(table.serve(2)).startsWith(answers);
    }

    @Test
    void whatIsLoggedUnderLoadIsReadBackOrCounted() throws Exception {
        List<String> said =
                new LogUnderLoad(folder.resolve("shop")).run(new LogUnderLoad.Size(500, 4_000, 2, 1_000_000));

        assertThat(said).contains("0 answers without 20 items", "4,000 lines read back");
        assertThat(said.get(said.size() - 2))
                .startsWith("4,000 written + 0 dropped + 0 failed + 0 queued = 4,000 of 4,000");
    }

    @Test
    void theServingTableHasARowForEachAndChecksTheirAnswersFirst() throws IOException {
        try (ServingTable table = new ServingTable(folder, 2_000)) {
            assertThat(table.measured(1, 10))
                    .contains("| bound")
                    .contains("| recsys |")
                    .contains("| string maps |");
        }
    }

    @Test
    void aBuildThroughFilesIsThatOfMemory() throws Exception {
        LargeBuild build = new LargeBuild(folder.resolve("large"));
        build.writeEvents(400_000, 2_000);

        String table = build.table(List.of("1g", "24m"));

        assertThat(table.lines().filter(line -> line.startsWith("| 400,000 events")))
                .hasSize(2);
        assertThat(table.lines().filter(line -> line.endsWith("| 0 |")))
                .as("bound and memory")
                .hasSize(2);
    }

    @Test
    void noRequestFailsWhileReleasesReplaceEachOther() throws Exception {
        try (SwapUnderLoad table = new SwapUnderLoad(folder, 1_000)) {
            String said = table.measured(new SwapUnderLoad.Size(1, Duration.ofMillis(200), Duration.ofMillis(100)));

            assertThat(said)
                    .contains("| none |", "| shipped elsewhere |", "| shipped by this process |")
                    .contains("while 2 releases were loaded")
                    .containsPattern("(?s)Failed requests: 0\\R.*Failed requests: 0\\R.*failed requests: 0\\R");
        }
    }

    @Test
    void everySessionGetsAsManyItemsAsSerenadeRecommends() throws Exception {
        String said =
                new SessionsTable(folder).measured(new SessionsTable.Size(2_000, 10, 1_000, Duration.ofMillis(300)));

        assertThat(said)
                .startsWith("2,000 items, 40,000 neighbours")
                .containsPattern("\\| 300 \\| due \\|.*\\| 0 \\|\\R");
    }

    @Test
    void aHistogramIsOffByAHundredthAtMost() {
        Histogram histogram = new Histogram();
        for (long nanos = 1; nanos <= 1_000_000; nanos++) {
            histogram.record(nanos);
        }

        assertThat(histogram.count()).isEqualTo(1_000_000);
        assertThat(histogram.meanMicros()).isCloseTo(500, withinPercentage(0.01));
        for (double share : new double[] {0.0001, 0.5, 0.9, 0.999}) {
            assertThat(histogram.micros(share)).isCloseTo(share * 1_000, withinPercentage(1));
        }
        assertThat(histogram.micros(1)).isEqualTo(1_000);
    }

    @Test
    void everyBuildOfNeighboursGivesTheTableOfStringMaps() throws Exception {
        new BuildTable(folder.resolve("build"), 300).check(5_000);
    }
}
