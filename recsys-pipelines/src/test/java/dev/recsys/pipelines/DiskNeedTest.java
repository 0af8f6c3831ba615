package dev.recsys.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.events.EventFiles;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.spill.SpillSizes;
import dev.recsys.pipelines.spill.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskNeedTest {
    private static final long MB = 1_000_000;
    private static final Scope SCOPE = new Scope("acme", "home");

    @TempDir
    Path folder;

    private final List<Long> told = new ArrayList<>();

    private DiskNeed need(long mostBytes, long usableBytes) throws IOException {
        return new DiskNeed(WorkFolder.at(folder), () -> mostBytes, () -> usableBytes, listening());
    }

    private ProgressListener listening() {
        return new ProgressListener() {
            @Override
            public void progress(Phase phase, long done, long total) {}

            @Override
            public void disk(Path where, long neededBytes, long usableBytes) {
                told.add(neededBytes);
            }
        };
    }

    /** Events all alike, so that the first hundredth tells of all; what is written in the end is what is told, or less. */
    @ParameterizedTest(name = "event ids: {0}")
    @ValueSource(booleans = {true, false})
    void whatIsToldIsNotLessThanWhatIsWritten(boolean withIds) throws IOException {
        List<String> lines = new ArrayList<>(List.of("event_id,ts,user,session,item,type,segment"));
        for (int i = 0; i < 40_000; i++) {
            int number = 100_000 + i;
            lines.add((withIds ? "event-number-" + number : "") + ",17672256" + number % 100 + ",user-" + number / 6
                    + ",session-" + number / 3 + ",item-" + number % 500 + ",view,segment");
        }
        Path file = EventFiles.lines(folder.resolve("events.csv"), lines);

        SignalBuildReport report = SignalBuild.of(SCOPE, List.of(file))
                .signals(Set.of(ArtifactType.POPULARITY, ArtifactType.COOC, ArtifactType.IMPLICIT))
                .spills(SpillSizes.of(100 * MB))
                .listener(listening())
                .into(folder.resolve("out"));

        assertThat(told).hasSize(1);
        assertThat(told.get(0)).isBetween(report.diskBytes(), 2 * report.diskBytes());
    }

    @Test
    void aDiskThatSurelyHasNoRoomIsRefusedAndTheMessageSaysWhereHowMuchAndWhatToDo() throws IOException {
        DiskNeed need = need(50 * MB, 2_000 * MB);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> need.progress(Phase.READ, 10 * MB, 1_000 * MB))
                .withMessageContaining("about 5000 MB in " + folder)
                .withMessageContaining("where 2000 MB are free")
                .withMessageContaining("--work")
                .withMessageContaining("nothing was built");
        assertThat(told).containsExactly(5_000 * MB);
    }

    @Test
    void aDiskThatMayHaveRoomIsTried() throws IOException {
        DiskNeed need = need(50 * MB, 4_000 * MB);

        need.progress(Phase.READ, 10 * MB, 1_000 * MB);
        need.progress(Phase.READ, 20 * MB, 1_000 * MB);

        assertThat(told).as("told once").containsExactly(5_000 * MB);
    }

    @Test
    void littleThatIsReadTellsNothing() throws IOException {
        DiskNeed need = need(50 * MB, 1);

        need.progress(Phase.READ, 65_536, 1 * MB);
        need.progress(Phase.READ, 9 * MB, 1_000 * MB);

        assertThat(told).isEmpty();
    }
}
