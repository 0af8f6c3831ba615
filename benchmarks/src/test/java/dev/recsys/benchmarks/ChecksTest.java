package dev.recsys.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
    void theServingTableHasARowForEachAndChecksTheirAnswersFirst() throws IOException {
        try (ServingTable table = new ServingTable(folder, 2_000)) {
            assertThat(table.measured(1, 10))
                    .contains("| bound")
                    .contains("| recsys |")
                    .contains("| string maps |");
        }
    }
}
