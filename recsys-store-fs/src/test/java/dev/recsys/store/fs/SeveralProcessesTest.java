package dev.recsys.store.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes share a store without a server or a lock. */
final class SeveralProcessesTest {
    private static final int PROCESSES = 4;
    private static final int INCREMENTS = 60;

    @TempDir
    private Path root;

    @Test
    void processesThatCountARegisterUpLoseNoIncrement() throws Exception {
        FileBlobStore store = FileBlobStore.create(root);
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(start());
            }
            for (Process process : processes) {
                assertThat(process.inputReader(StandardCharsets.UTF_8).readLine())
                        .isEqualTo("ready");
            }
            for (Process process : processes) {
                process.outputWriter(StandardCharsets.UTF_8).append('\n').flush();
            }
            for (Process process : processes) {
                assertThat(process.inputReader(StandardCharsets.UTF_8).readLine())
                        .startsWith("mismatches");
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }

        assertThat(Stores.text(store, Stores.REGISTER)).isEqualTo(Integer.toString(PROCESSES * INCREMENTS));
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IncrementingProcess.class.getName(),
                        root.toString(),
                        Integer.toString(INCREMENTS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
