package dev.recsys.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.controls.ExposureDocument;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that write into one folder, and are killed by SIGKILL while they do. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
class KilledWriterTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private Path folder;

    @BeforeEach
    void makeFolder(@TempDir Path around) throws IOException {
        folder = Files.createDirectory(around.resolve("log"));
    }

    private Process start(String... more) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(
                List.of(java, "-Xmx128m", "-cp", classPath, KilledWriter.class.getName(), folder.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private FileEventSink sink() {
        return FileEventSink.builder(folder).pseudonyms(Shown.KEYS).build();
    }

    private static long kill(Process process) throws Exception {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            String written = said.readLine();
            assertThat(written).startsWith("written ");
            process.toHandle().destroyForcibly(); // the process itself would close the stream too
            assertThat(process.waitFor()).isEqualTo(128 + 9);
            return Long.parseLong(written.substring("written ".length()));
        }
    }

    @Test
    void whatWasFlushedBeforeAKillIsThereAndTheNextStartRepairsTheFile() throws Exception {
        long written = kill(start());
        Path left = Shown.files(folder).get(0);
        Files.writeString(left, Shown.text(left) + "{\"answer\":{\"epo"); // what a kill leaves rarely

        long lost;
        try (FileEventSink next = sink()) {
            assertThat(next.flush(LONG)).isTrue();
            lost = next.stats().lost();
        }

        List<String> lines = Shown.lines(folder);
        long taken =
                ByteBuffer.wrap(Files.readAllBytes(KilledWriter.taken(folder))).getLong();
        assertThat(lines.size() + lost).as("lines and %s lost", lost).isBetween(taken, taken + 1);
        assertThat(lines).hasSizeGreaterThanOrEqualTo((int) written);
        for (int i = 0; i < written; i++) {
            assertThat(ExposureDocument.read(lines.get(i)).request().seed()).hasValue(i);
        }
        lines.forEach(ExposureDocument::read);
        assertThat(Shown.files(folder)).allMatch(file -> file.toString().endsWith(".gz"));
    }

    @Test
    void whatWaitedInAKilledProcessIsCountedByTheNextStart() throws Exception {
        assertThat(kill(start("stuck"))).isEqualTo(KilledWriter.WRITTEN);

        try (FileEventSink next = sink()) {
            assertThat(next.flush(LONG)).isTrue();
            assertThat(next.stats().lost()).isEqualTo(KilledWriter.WAITING + KilledWriter.LATE);
        }

        assertThat(Shown.lines(folder)).hasSize(KilledWriter.WRITTEN);
        assertThat(folder).isDirectoryNotContaining("glob:**.tally");
    }

    @Test
    void whatIsLostIsCountedToTheRecordThoughFilesWereRotatedAndPackedMeanwhile() throws Exception {
        assertThat(kill(start("rotating"))).isEqualTo(KilledWriter.WRITTEN);
        assertThat(Shown.files(folder)).hasSizeGreaterThan(1);

        try (FileEventSink next = sink()) {
            assertThat(next.flush(LONG)).isTrue();
            assertThat(next.stats().lost()).isEqualTo(KilledWriter.WAITING + KilledWriter.LATE);
        }

        assertThat(Shown.lines(folder)).hasSize(KilledWriter.WRITTEN);
    }

    @Test
    void aProcessLeavesTheFileOfAnotherAloneAsLongAsThatLives() throws Exception {
        Process other = start();
        String said = other.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(said).startsWith("written");

        try (FileEventSink mine = sink()) {
            mine.exposed(Shown.to(Shown.USER, 1));
            assertThat(mine.flush(LONG)).isTrue();
            assertThat(Shown.files(folder))
                    .hasSize(2)
                    .allMatch(file -> file.toString().endsWith(".jsonl"));
        }
        other.toHandle().destroyForcibly();
        assertThat(other.waitFor()).isEqualTo(128 + 9);
        try (FileEventSink mine = sink()) {
            assertThat(mine.flush(LONG)).isTrue();
        }

        assertThat(Shown.files(folder))
                .hasSize(2)
                .allMatch(file -> file.toString().endsWith(".gz"));
    }

    @Test
    void theFileOfALivingProcessIsNeverDeletedForItsAgeAndThatOfAnEndedOneIs() throws Exception {
        Process other = start();
        assertThat(other.inputReader(StandardCharsets.UTF_8).readLine()).startsWith("written");
        Path open = Shown.files(folder).get(0);
        LogSettings one =
                LogSettings.DEFAULT.withRotation(1, Duration.ofHours(1)).withKeepFiles(1);
        try (FileEventSink mine = FileEventSink.builder(folder)
                .pseudonyms(Shown.KEYS)
                .settings(one)
                .build()) {
            mine.exposed(Shown.to(Shown.USER, 1));
            assertThat(mine.flush(LONG)).isTrue();
            assertThat(open).exists();

            other.toHandle().destroyForcibly();
            assertThat(other.waitFor()).isEqualTo(128 + 9);
            mine.exposed(Shown.to(Shown.USER, 2));
            assertThat(mine.flush(LONG)).isTrue();

            assertThat(open).doesNotExist();
            assertThat(Shown.files(folder)).hasSize(1);
        }
    }
}
