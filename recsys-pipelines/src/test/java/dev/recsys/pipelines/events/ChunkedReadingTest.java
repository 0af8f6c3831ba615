package dev.recsys.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.Scope;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However a file is cut and by however many threads it is parsed, it says what it says record by record. */
class ChunkedReadingTest {
    private static final int[] CHUNKS = {1, 7, 64, 300, 1_000, 5_000, 1 << 20};
    private static final EventFilter WANTED = new EventFilter(
            Optional.of(new Scope("acme", "home")),
            Optional.of(new Window(Instant.ofEpochSecond(1_700_000_000L), Instant.ofEpochSecond(1_700_015_000L, 999))),
            Set.of("impression"));

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aDirtyCsvFileIsReadAsRecordByRecord(long seed) throws IOException {
        Path file = Files.write(folder.resolve("e.csv"), new DirtyFiles(seed).csv(400, ","));

        requireSame(file, EventFilter.ALL);
        requireSame(file, WANTED);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void aDirtyTsvFileIsReadAsRecordByRecord(long seed) throws IOException {
        requireSame(Files.write(folder.resolve("e.tsv"), new DirtyFiles(seed).csv(400, "\t")), WANTED);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aDirtyJsonlFileIsReadAsRecordByRecord(long seed) throws IOException {
        Path file = Files.write(folder.resolve("e.jsonl"), new DirtyFiles(seed).jsonl(400));

        requireSame(file, EventFilter.ALL);
        requireSame(file, WANTED);
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"e.csv,11", "e.csv,12", "e.csv,13", "e.jsonl,14", "e.dat,15"})
    void aBorderMayBeAnywhere(String name, long seed) throws IOException {
        DirtyFiles dirty = new DirtyFiles(seed);
        byte[] bytes = name.endsWith("csv") ? dirty.csv(12, ",") : dirty.jsonl(12);
        Path file = Files.write(folder.resolve(name), name.endsWith("dat") ? dirty.csv(12, "::") : bytes);
        List<String> expected = recordByRecord(file, EventFilter.ALL);

        for (int chunk = 1; chunk <= bytes.length; chunk++) {
            assertThat(chunked(file, EventFilter.ALL, new Chunking(1, chunk)))
                    .as("chunks of %d bytes", chunk)
                    .isEqualTo(expected);
        }
    }

    @Test
    void linesAboutTheLimitAreReadOrRefusedAlike() throws IOException {
        int limit = LineReader.MAX_LINE_BYTES;
        StringBuilder text = new StringBuilder("ts,item,note\n1,a,\"x\n");
        for (int length = limit - 2; length <= limit + 3; length++) {
            text.append("1,b,").append("y".repeat(length - 4)).append("\n");
            text.append("1,b,").append("y".repeat(length - 5)).append("\r\n1,\"c\n\",z\n");
        }
        text.append("1,d,").append("z".repeat(3 * limit));
        Path file = Files.writeString(folder.resolve("e.csv"), text);
        List<String> expected = recordByRecord(file, EventFilter.ALL);

        for (int chunk : new int[] {100, 1 << 16, limit - 1, limit, limit + 1, 3 << 20}) {
            assertThat(chunked(file, EventFilter.ALL, new Chunking(2, chunk)).equals(expected))
                    .as("as record by record in chunks of %d bytes", chunk)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatAThreadRefusesIsRefusedAsByOneThread(int threads) throws IOException {
        StringBuilder text = new StringBuilder("ts,item,type\n");
        for (int type = 0; type <= Short.MAX_VALUE; type++) {
            text.append("1,a,t").append(type).append('\n');
        }
        Path file = Files.writeString(folder.resolve("e.csv"), text);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> chunked(file, EventFilter.ALL, new Chunking(threads, 1 << 20)))
                .withMessageContaining("types of events");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventReader(source(file), EventFilter.ALL, 1, ProgressListener.NONE).threads(0))
                .withMessageContaining("at least 1");
    }

    @Test
    void aFileWithoutEventsHasNone() throws IOException {
        for (String text : List.of("", "\n\n", "ts,item", "ts,item\n", "ts,item\n \n")) {
            requireSame(Files.writeString(folder.resolve("e.csv"), text), EventFilter.ALL);
        }
    }

    private void requireSame(Path file, EventFilter filter) {
        List<String> expected = recordByRecord(file, filter);
        for (int chunk : CHUNKS) {
            assertThat(chunked(file, filter, new Chunking(1, chunk)))
                    .as("chunks of %d bytes", chunk)
                    .isEqualTo(expected);
            assertThat(chunked(file, filter, new Chunking(3, chunk)))
                    .as("chunks of %d bytes, three threads", chunk)
                    .isEqualTo(expected);
        }
    }

    private static List<String> chunked(Path file, EventFilter filter, Chunking chunking) {
        EventReader.Result read = new EventReader(source(file), filter, 1, ProgressListener.NONE)
                .chunked(chunking)
                .read();
        return told(read.events(), read.report());
    }

    private static List<String> recordByRecord(Path file, EventFilter filter) {
        ReadTask task = new ReadTask(source(file), filter);
        EventsBuilder builder = new EventsBuilder();
        try (EventFile open = EventFile.open(file)) {
            long lines = new RecordReading(task, builder::add).read(file, open, () -> {});
            Events events = builder.build();
            return told(events, task.report(lines, events.size(), builder.duplicates()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static EventReader.Source source(Path file) {
        return new EventReader.Source(List.of(file), Optional.empty(), EventColumns.DEFAULT);
    }

    /** Returns all that can be told; users and sessions by the order in which they come, for their numbers mean nothing. */
    private static List<String> told(Events events, ReadReport report) {
        List<String> told = new ArrayList<>(List.of(
                report.toString(),
                events.userCount() + " users, " + events.sessionCount() + " sessions, " + events.itemCount()
                        + " items"));
        Map<Integer, Integer> users = new HashMap<>(Map.of(-1, -1));
        Map<Integer, Integer> sessions = new HashMap<>(Map.of(-1, -1));
        for (int event = 0; event < events.size(); event++) {
            users.putIfAbsent(events.userOf(event), users.size());
            sessions.putIfAbsent(events.sessionOf(event), sessions.size());
            told.add(events.millis(event) + " " + events.itemId(events.itemOf(event)) + " "
                    + users.get(events.userOf(event)) + " " + sessions.get(events.sessionOf(event)) + " "
                    + (events.typeOf(event) < 0 ? "" : events.type(events.typeOf(event))) + " "
                    + (events.segmentOf(event) < 0 ? "" : events.segment(events.segmentOf(event))));
        }
        return told;
    }
}
