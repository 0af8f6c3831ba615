package dev.recsys.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.pipelines.events.EventFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds in processes whose heap is small: what comes of it is right, or refused, and never memory that ran out. */
class SmallHeapTest {
    private static final List<String> FILES = List.of("popularity.rst", "cooc.rst", "implicit.rst", "build.json");

    @TempDir
    static Path folder;

    /** What a process printed, and how it ended. */
    private record Ended(int exitCode, String printed) {}

    @BeforeAll
    static void buildWithEnoughMemory() throws IOException {
        SmallHeapBuild.build(shop("small", 2_000, 300), folder.resolve("small"));
        SmallHeapBuild.build(shop("large", 150_000, 3_000), folder.resolve("large"));
    }

    @ParameterizedTest(name = "{0} shop, -Xmx{1}m, {2}")
    @CsvSource({
        "small, 12, UseSerialGC",
        "small, 24, UseG1GC",
        "large, 24, UseG1GC",
        "large, 32, UseSerialGC",
        "large, 48, UseG1GC"
    })
    void aSmallHeapGivesTheSameBytesOrARefusal(String shop, int megabytes, String collector) throws Exception {
        Path out = folder.resolve(shop + "-in-" + megabytes + collector);

        Ended ended = run(folder.resolve(shop + ".csv"), out, megabytes, collector);

        if (ended.exitCode() == SmallHeapBuild.REFUSED) {
            assertThat(ended.printed()).contains("-Xmx").contains("the heap has room for");
            assertThat(out).doesNotExist();
            return;
        }
        assertThat(ended.exitCode()).as(ended.printed()).isZero();
        for (String file : FILES) {
            assertThat(Files.mismatch(folder.resolve(shop).resolve(file), out.resolve(file)))
                    .as(file)
                    .isEqualTo(-1);
        }
    }

    @Test
    void aHeapThatIsTooSmallForAnyBuildIsRefusedBeforeAnythingIsRead() throws Exception {
        Ended ended = run(folder.resolve("there-is-no.csv"), folder.resolve("out"), 8, "UseSerialGC");

        assertThat(ended.exitCode()).isEqualTo(SmallHeapBuild.REFUSED);
        assertThat(ended.printed()).contains("too small for any build").contains("-Xmx");
    }

    private static Ended run(Path events, Path out, int megabytes, String collector) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + megabytes + "m",
                        "-XX:+" + collector,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapBuild.class.getName(),
                        events.toString(),
                        out.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), printed);
    }

    private static Path shop(String name, int events, int items) throws IOException {
        SplittableRandom random = new SplittableRandom(events);
        List<String> lines = new ArrayList<>(List.of("event_id,ts,user,session,item,type"));
        for (int event = 0; event < events; event++) {
            int session = event / 5;
            lines.add(
                    "event-" + event + "," + (1_767_225_600L + event) + ",user-" + session % (events / 20) + ",session-"
                            + session + ",item-" + (int) (items * random.nextDouble() * random.nextDouble()) + ",view");
        }
        return EventFiles.lines(folder.resolve(name + ".csv"), lines);
    }
}
