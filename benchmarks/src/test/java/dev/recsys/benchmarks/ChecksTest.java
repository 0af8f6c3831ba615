package dev.recsys.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
    void aColdStartAnswersFromItsCopies() throws IOException {
        ColdStart work = new ColdStart(folder);

        assertThat(work.write(500)).startsWith("FRESH");
        assertThat(work.start()).contains("20 items answered").contains("LAST_KNOWN_GOOD");
    }

    @Test
    void theTableAndItsJsonHoldTheSameRows() throws IOException {
        LoadWork work = new LoadWork(folder, 500);

        assertThat(work.recsys().filledRows()).isEqualTo(500);
        assertThat(work.jackson()).hasSize(500);
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
}
