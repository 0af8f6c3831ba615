package dev.recsys.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.control.Exposure;
import dev.recsys.controls.ExposureDocument;
import dev.recsys.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileEventSinkTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final TestDisk disk = new TestDisk();
    private LogSettings settings = LogSettings.DEFAULT.withBatch(10, Duration.ofMillis(5));

    @TempDir
    private Path folder;

    private FileEventSink.Builder builder() {
        return FileEventSink.builder(folder)
                .pseudonyms(Shown.KEYS)
                .clock(clock)
                .disk(disk)
                .requestIds(() -> "generated")
                .settings(settings);
    }

    private static void show(FileEventSink sink, int from, int to) {
        for (int i = from; i < to; i++) {
            sink.exposed(Shown.to(Shown.USER, i));
        }
    }

    @Test
    void whatWasShownIsReadBackFromTheFileButForTheUserAndTheContext() throws Exception {
        try (FileEventSink sink = builder().keepContext(Set.of("experiment")).build()) {
            show(sink, 0, 25);
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(Shown.names(folder)).containsExactly("exposures-20260201T000000000Z.jsonl");
            assertThat(sink.stats().written()).isEqualTo(25);
        }

        assertThat(Shown.names(folder)).containsExactly("exposures-20260201T000000000Z.jsonl.gz");
        List<String> lines = Shown.lines(folder);
        assertThat(lines).hasSize(25).noneMatch(line -> line.contains("ann"));
        Exposure third = ExposureDocument.read(lines.get(2));
        assertThat(third.request().seed()).hasValue(2);
        assertThat(third.request().user()).hasValue(Shown.KEYS.pseudonym("acme", Shown.USER));
        assertThat(third.request().context()).containsOnlyKeys("experiment");
        assertThat(third.request().requestId()).hasValue("generated");
        assertThat(third.answer()).isEqualTo(Shown.to(Shown.USER, 2).answer());
    }

    @Test
    void usersAreWrittenAsTheyAreOnlyIfTheHostSaysSo() {
        Exposure any = Shown.to(Shown.USER, 1);
        Exposure shown =
                any.withRequest(any.request().toBuilder().requestId("r-1").build());
        try (FileEventSink sink = builder().rawUsers().build()) {
            sink.exposed(shown);
        }

        assertThat(ExposureDocument.read(Shown.lines(folder).get(0))).isEqualTo(shown);
        assertThatThrownBy(() -> FileEventSink.builder(folder).build()).hasMessageContaining("pseudonyms(keys)");
    }

    @Test
    void aStuckDiskLetsNobodyWaitAndEachRecordCountsOnce() throws Exception {
        settings = settings.withQueue(100);
        disk.stick();
        try (FileEventSink sink = builder().build()) {
            show(sink, 0, 1);
            disk.awaitArrival();

            show(sink, 1, 300); // would not end if it waited

            assertThat(sink.stats()).isEqualTo(new LogStats(0, 200, 0, 100, 0, 0));
            disk.release();
            assertThat(sink.flush(LONG)).isTrue();
            LogStats stats = sink.stats();
            assertThat(stats.written()).isEqualTo(100);
            assertThat(stats.dropped()).isEqualTo(200);
            assertThat(stats.queued()).isZero();
        }
        assertThat(Shown.lines(folder)).hasSize(100);
    }

    @Test
    void closingAStuckDiskEndsAndCountsWhatIsGivenUp() throws Exception {
        settings = settings.withCloseWithin(Duration.ofMillis(20));
        disk.stick();
        FileEventSink sink = builder().build();
        show(sink, 0, 1);
        disk.awaitArrival();
        show(sink, 1, 30);

        sink.close();
        sink.close();
        show(sink, 0, 5);

        assertThat(sink.stats()).isEqualTo(new LogStats(0, 5, 30, 0, 0, 0));
        assertThat(sink.flush(LONG)).isFalse();
        disk.release();
    }

    @Test
    void aFullDiskCostsNothingOnceThereIsRoomAgain() throws Exception {
        disk.fullFor(3);
        try (FileEventSink sink = builder().build()) {
            show(sink, 0, 40);
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(sink.stats().written()).isEqualTo(40);
        }
        assertNumbers(40);
    }

    @Test
    void aFileThatCannotBeCutIsLeftAndNothingOfTheFailedBatchCounts() throws Exception {
        disk.fullFor(1);
        disk.refuseCuts(1);
        try (FileEventSink sink = builder().build()) {
            show(sink, 0, 40);
            assertThat(sink.flush(LONG)).isTrue();
        }
        assertNumbers(40);
    }

    private void assertNumbers(int count) {
        List<Integer> seen = Shown.lines(folder).stream()
                .map(line -> (int) ExposureDocument.read(line).request().seed().orElseThrow())
                .toList();
        assertThat(seen).hasSize(count).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNoLineIsCountedAndTheOthersAreWritten() throws Exception {
        try (FileEventSink sink = builder().build()) {
            show(sink, 0, 1);
            sink.exposed(Shown.of(Shown.USER, 1, Double.NaN));
            show(sink, 2, 4);
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(sink.stats().failed()).isEqualTo(1);
            assertThat(sink.stats().written()).isEqualTo(3);
        }
        assertNumbers(3);
    }

    @Test
    void aFileEndsByAgeAndBySizeAndIsPacked() throws Exception {
        settings = settings.withRotation(1_000, Duration.ofMinutes(10));
        try (FileEventSink sink = builder().build()) {
            show(sink, 0, 1);
            assertThat(sink.flush(LONG)).isTrue();
            clock.advance(Duration.ofMinutes(10));
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(Shown.names(folder)).containsExactly("exposures-20260201T000000000Z.jsonl.gz");
            show(sink, 1, 5);
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(Shown.names(folder)).hasSizeGreaterThan(1).allMatch(name -> name.endsWith(".gz"));
        }
        assertNumbers(5);
    }

    @Test
    void theOldestPackedFilesLeaveFirst() throws Exception {
        settings = settings.withRotation(1, Duration.ofHours(1)).withKeepFiles(2);
        Files.writeString(folder.resolve("mine.jsonl.gz"), "is not touched");
        try (FileEventSink sink = builder().build()) {
            for (int i = 0; i < 4; i++) {
                show(sink, i, i + 1);
                assertThat(sink.flush(LONG)).isTrue();
                clock.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(Shown.names(folder))
                .containsExactly(
                        "exposures-20260201T000002000Z.jsonl.gz",
                        "exposures-20260201T000003000Z.jsonl.gz",
                        "mine.jsonl.gz");
    }

    /** Lets the packing of the file that is begun now fail, until it is deleted. */
    private Path inTheWayOfPacking(String time) throws IOException {
        Path name = folder.resolve(
                "exposures-" + time + "-" + ProcessHandle.current().pid() + ".jsonl.gz.tmp");
        return Files.createFile(Files.createDirectory(name).resolve("full"));
    }

    private void showOneAndEndTheFile(FileEventSink sink, int number) throws InterruptedException {
        show(sink, number, number + 1);
        assertThat(sink.flush(LONG)).isTrue();
        clock.advance(Duration.ofMinutes(10));
        assertThat(sink.flush(LONG)).isTrue();
    }

    @Test
    void aFileThatCannotBePackedIsTriedAgainAfterAPause() throws Exception {
        settings = settings.withRotation(1 << 20, Duration.ofMinutes(10));
        Path inTheWay = inTheWayOfPacking("20260201T000000000Z");
        try (FileEventSink sink = builder().build()) {
            showOneAndEndTheFile(sink, 0);
            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
            assertThat(Shown.names(folder))
                    .as("during the pause")
                    .containsExactly("exposures-20260201T000000000Z.jsonl");

            clock.advance(Duration.ofMinutes(1));
            assertThat(sink.flush(LONG)).isTrue();

            assertThat(Shown.names(folder)).containsExactly("exposures-20260201T000000000Z.jsonl.gz");
        }
        assertNumbers(1);
    }

    @Test
    void whatCannotBePackedCountsAsKeptAndTheOldestLeaveFirst() throws Exception {
        settings = settings.withRotation(1 << 20, Duration.ofMinutes(10)).withKeepFiles(2);
        Path ended = Files.writeString(folder.resolve("exposures-20260131T000000000Z-1.jsonl.gz"), "packed before");
        inTheWayOfPacking("20260201T000000000Z");
        inTheWayOfPacking("20260201T001000000Z");
        inTheWayOfPacking("20260201T002000000Z");
        try (FileEventSink sink = builder().build()) {
            for (int i = 0; i < 3; i++) {
                showOneAndEndTheFile(sink, i);
            }
            show(sink, 3, 4);
            assertThat(sink.flush(LONG)).isTrue();

            assertThat(ended).doesNotExist();
            assertThat(Shown.names(folder))
                    .filteredOn(name -> !name.endsWith(".tmp"))
                    .containsExactly(
                            "exposures-20260201T001000000Z.jsonl",
                            "exposures-20260201T002000000Z.jsonl",
                            "exposures-20260201T003000000Z.jsonl");
        }
    }

    @Test
    void aPlainFileOfAnotherProcessIsDeletedOnceItsWriterHasEnded() throws Exception {
        settings = settings.withRotation(1 << 20, Duration.ofMinutes(10)).withKeepFiles(1);
        Path ended = folder.resolve("exposures-20260131T000000000Z-1.jsonl");
        try (FileEventSink sink = builder().build()) {
            Files.writeString(ended, "{}\n");
            showOneAndEndTheFile(sink, 0);
            assertThat(ended).doesNotExist();
        }
    }

    @Test
    void aFileEndsIfTheClockWasSetBack() throws Exception {
        settings = settings.withRotation(1 << 20, Duration.ofSeconds(1));
        FakeClock ahead = FakeClock.at("2036-02-01T00:00:00Z");
        AtomicBoolean isBack = new AtomicBoolean();
        try (FileEventSink sink =
                builder().clock(() -> (isBack.get() ? clock : ahead).instant()).build()) {
            show(sink, 0, 1);
            assertThat(sink.flush(LONG)).isTrue();
            isBack.set(true);
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(Shown.names(folder)).containsExactly("exposures-20360201T000000000Z.jsonl.gz");
        }
    }

    @Test
    void anErrorOfARequestsIdCostsThatRecordAlone() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (FileEventSink sink = builder()
                .requestIds(() -> {
                    if (asked.getAndIncrement() == 0) {
                        throw new NoClassDefFoundError("com/example/Ids");
                    }
                    return "generated";
                })
                .build()) {
            show(sink, 0, 3);
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(sink.stats().failed()).isEqualTo(1);
            assertThat(sink.stats().written()).isEqualTo(2);
        }
        assertNumbers(2);
    }

    @Test
    void anErrorOfTheDiskIsTriedAgainAndTearsNoLine() throws Exception {
        disk.outOfMemoryFor(1);
        try (FileEventSink sink = builder().build()) {
            show(sink, 0, 40);
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(sink.stats().written()).isEqualTo(40);
        }
        assertNumbers(40);
    }

    @Test
    void anErrorWhileFilesAreLookedAfterEndsNothing() throws Exception {
        settings = settings.withRotation(1 << 20, Duration.ofMinutes(10));
        AtomicBoolean isBroken = new AtomicBoolean();
        InstantSource odd = () -> {
            if (isBroken.getAndSet(false)) {
                throw new NoClassDefFoundError("com/example/Clock");
            }
            return clock.instant();
        };
        try (FileEventSink sink = builder().clock(odd).build()) {
            show(sink, 0, 1);
            assertThat(sink.flush(LONG)).isTrue();
            isBroken.set(true);
            assertThat(sink.flush(LONG)).isTrue();
            show(sink, 1, 2);
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(sink.stats().written()).isEqualTo(2);
        }
        assertNumbers(2);
    }

    @Test
    void theBytesAreTheSameEachTime() {
        String once = write(folder.resolve("1"));

        assertThat(write(folder.resolve("2"))).isEqualTo(once).isNotEmpty();
    }

    private String write(Path into) {
        try (FileEventSink sink = FileEventSink.builder(into)
                .pseudonyms(Shown.KEYS)
                .clock(clock)
                .requestIds(() -> "generated")
                .settings(settings)
                .build()) {
            show(sink, 0, 30);
        }
        return Shown.text(Shown.files(into).get(0));
    }

    @Test
    void manyThreadsLoseNothing() throws Exception {
        int threads = 4;
        int each = 5_000;
        CountDownLatch start = new CountDownLatch(1);
        try (FileEventSink sink = builder().build()) {
            List<Thread> all = IntStream.range(0, threads)
                    .mapToObj(number -> new Thread(() -> {
                        awaitUninterrupted(start);
                        show(sink, number * each, (number + 1) * each);
                    }))
                    .toList();
            all.forEach(Thread::start);
            start.countDown();
            for (Thread thread : all) {
                thread.join();
            }
            assertThat(sink.flush(LONG)).isTrue();
            LogStats stats = sink.stats();
            assertThat(stats.written() + stats.dropped()).isEqualTo((long) threads * each);
            assertNumbers((int) stats.written());
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aLineWithoutItsEndIsCutOffAtTheNextStartAndCounted() throws Exception {
        Path left = folder.resolve("exposures-20260131T000000000Z-1.jsonl");
        Files.writeString(left, "{\"a\":1}\n{\"a\":2}\n{\"a\":");
        Files.writeString(folder.resolve("exposures-20260131T000001000Z-1.jsonl"), "{\"b");
        Files.writeString(folder.resolve("exposures-20260131T000000000Z-1.jsonl.gz.tmp"), "half");
        try (FileEventSink sink = builder().build()) {
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(sink.stats().lost()).isEqualTo(2);
        }
        assertThat(Shown.names(folder)).containsExactly("exposures-20260131T000000000Z-1.jsonl.gz");
        assertThat(Shown.lines(folder)).containsExactly("{\"a\":1}", "{\"a\":2}");
    }

    @Test
    void whatOneSinkLeavesInAProcessIsTakenOverByTheNextOneOnceItLetsGo() throws Exception {
        settings = settings.withCloseWithin(Duration.ofMillis(20));
        FileEventSink first = builder().build();
        show(first, 0, 1);
        assertThat(first.flush(LONG)).isTrue();
        disk.forget();
        disk.stick();
        show(first, 1, 2);
        disk.awaitArrival();
        first.close(); // gives up; the writer is stuck
        try (FileEventSink second = builder().disk(new LocalDisk()).build()) {
            assertThat(second.flush(LONG)).isTrue();
            assertThat(Shown.names(folder)).as("is in use").containsExactly("exposures-20260201T000000000Z.jsonl");
        }

        disk.release();
        Shown.awaitLetGo(folder);
        try (FileEventSink third = builder().disk(new LocalDisk()).build()) {
            assertThat(third.flush(LONG)).isTrue();
            assertThat(third.stats().lost()).as("was counted by the first").isZero();
        }

        assertThat(first.stats())
                .isEqualTo(new LogStats(1, 0, 1, 0, first.stats().bytes(), 0));
        assertThat(Shown.names(folder)).containsExactly("exposures-20260201T000000000Z.jsonl.gz");
    }

    @Test
    void twoSinksOfOneProcessShareAFolder() {
        try (FileEventSink first = builder().build();
                FileEventSink second = builder().build()) {
            show(first, 0, 20);
            show(second, 20, 40);
        }

        assertNumbers(40);
        assertThat(Shown.files(folder))
                .hasSize(2)
                .allMatch(file -> file.toString().endsWith(".gz"));
    }

    @Test
    void aFolderThatTakesNoTallyIsWrittenToAllTheSame() throws Exception {
        Path inTheWay = folder.resolve("not-a-folder");
        Tally tally = Tally.begin(Files.writeString(inTheWay, ""), "exposures");

        tally.take();
        tally.wrote(1);

        assertThat(tally.isKept()).isFalse();
    }
}
