package dev.recsys.pipelines;

import static dev.recsys.pipelines.days.RandomDays.FIRST;
import static dev.recsys.pipelines.days.RandomDays.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.ConflictException;
import dev.recsys.RefusedException;
import dev.recsys.artifact.Release;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.days.Checkpoint;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.days.DayWriter;
import dev.recsys.pipelines.days.RandomDays;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.publish.Build;
import dev.recsys.publish.Gate;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.testkit.MemoryBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackfillTest {
    private static final int DAYS = 5;
    private static final int WINDOW = 3;
    private static final LocalDate LAST = FIRST.plusDays(DAYS - 1);
    private static final DayWindow ALL = DayWindow.between(FIRST, LAST);

    @TempDir
    Path folder;

    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final ManifestPublisher publisher = ManifestPublisher.open(store, "test");
    private final List<LocalDate> shipped = new ArrayList<>();
    private DayFolder days;
    private Path raw;

    @BeforeEach
    void writeEvents() throws IOException {
        days = DayFolder.of(folder.resolve("days"), SCOPE);
        raw = RandomDays.file(folder.resolve("raw.csv"), RandomDays.lines(5, DAYS, 60));
    }

    private Backfill backfill() {
        return Backfill.of(
                days, RandomDays.reader(raw), folder.resolve("out"), window -> SignalBuild.ofDays(days, window));
    }

    private Backfill shipping(Gate... overridden) {
        return backfill().shipping((day, build) -> ship(day, build, overridden));
    }

    private Release ship(LocalDate day, Build build, Gate... overridden) {
        ShipRequest request = ShipRequest.of(SCOPE, build, "backfill of " + day).createSurface();
        Release release = publisher.ship(overridden.length == 0 ? request : request.override(Set.of(overridden)));
        if (!release.alreadyCurrent()) {
            shipped.add(day);
        }
        return release;
    }

    private LocalDate checkpoint() throws IOException {
        return days.checkpoint().map(Checkpoint::day).orElseThrow();
    }

    @Test
    void everyDayIsKeptBuiltShippedAndRecordedInOrder() throws IOException {
        List<BackfilledDay> heard = new ArrayList<>();

        List<BackfilledDay> done = shipping().listener(heard::add).run(ALL, WINDOW);

        assertThat(done).extracting(BackfilledDay::day).containsExactlyElementsOf(days.days());
        assertThat(heard).isEqualTo(done);
        assertThat(shipped).containsExactlyElementsOf(days.days()).hasSize(DAYS);
        assertThat(checkpoint()).isEqualTo(LAST);
        assertThat(days.checkpoint().orElseThrow().release())
                .isEqualTo(publisher.current(SCOPE.tenant(), SCOPE.surface()).release());
        SignalBuildReport whole = SignalBuild.of(SCOPE, List.of(raw))
                .window(new DayWindow(LAST, WINDOW).span())
                .into(folder.resolve("whole"));
        whole.build()
                .artifacts()
                .values()
                .forEach(artifact -> assertThat(artifact.file())
                        .hasSameBinaryContentAs(
                                folder.resolve("out").resolve(artifact.file().getFileName())));
    }

    @Test
    void aRerunDoesNothingAndALongerOneGoesOnWithoutReadingKeptDays() throws IOException {
        shipping().run(DayWindow.between(FIRST, FIRST.plusDays(2)), WINDOW);

        assertThat(shipping().run(DayWindow.between(FIRST, FIRST.plusDays(2)), WINDOW))
                .isEmpty();
        assertThat(shipping().run(ALL, WINDOW)).hasSize(2);
        Files.delete(raw);
        assertThat(shipping().again().run(DayWindow.between(LAST, LAST), WINDOW))
                .hasSize(1);
        assertThat(shipped).containsExactlyElementsOf(days.days());
    }

    /** Where a run ends. */
    private enum Crash {
        BEFORE_THE_BUILD,
        WITHIN_THE_BUILD,
        BEFORE_THE_SHIP,
        AFTER_THE_SHIP,
        AFTER_THE_CHECKPOINT
    }

    private static final class Crashed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource(Crash.class)
    void aRunThatDiesAtAnyStepIsGoneOnWithAndNothingIsShippedTwice(Crash crash) throws IOException {
        AtomicInteger left = new AtomicInteger(2);
        Backfill dying = Backfill.of(days, RandomDays.reader(raw), folder.resolve("out"), window -> {
                    die(crash == Crash.BEFORE_THE_BUILD, left);
                    return SignalBuild.ofDays(days, window).listener((phase, done, total) -> {
                        if (crash == Crash.WITHIN_THE_BUILD && phase == Phase.COOC && done == total) {
                            die(true, left);
                        }
                    });
                })
                .shipping((day, build) -> {
                    die(crash == Crash.BEFORE_THE_SHIP, left);
                    Release release = ship(day, build);
                    die(crash == Crash.AFTER_THE_SHIP, left);
                    return release;
                })
                .listener(day -> die(crash == Crash.AFTER_THE_CHECKPOINT, left));

        List<LocalDate> recorded = new ArrayList<>();
        while (true) {
            try {
                dying.run(ALL, WINDOW);
                break;
            } catch (Crashed e) {
                recorded.add(days.checkpoint().map(Checkpoint::day).orElse(FIRST.minusDays(1)));
                left.set(2);
            }
        }

        assertThat(recorded).isNotEmpty().isSorted();
        assertThat(checkpoint()).isEqualTo(LAST);
        assertThat(shipped).containsExactlyElementsOf(days.days()).hasSize(DAYS);
    }

    private static void die(boolean here, AtomicInteger left) {
        if (here && left.decrementAndGet() == 0) {
            throw new Crashed();
        }
    }

    @Test
    void daysBeforeTheCheckpointAreRefusedUnlessAgainAndItDoesNotMoveBack() throws IOException {
        backfill().run(ALL, WINDOW);
        DayWindow before = DayWindow.between(FIRST, FIRST.plusDays(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> backfill().run(before, WINDOW))
                .withMessageContaining("has come to " + LAST)
                .withMessageContaining("--again");
        assertThat(backfill().again().run(before, WINDOW)).hasSize(2);
        assertThat(checkpoint()).isEqualTo(LAST);
    }

    @Test
    void anOlderWindowIsNotShippedUnlessThatIsAllowed() throws IOException {
        shipping().run(ALL, WINDOW);
        long current = publisher.current(SCOPE.tenant(), SCOPE.surface()).release();
        DayWindow before = DayWindow.between(FIRST.plusDays(1), FIRST.plusDays(1));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> shipping().again().run(before, WINDOW))
                .withMessageContaining("older_window");
        assertThat(publisher.current(SCOPE.tenant(), SCOPE.surface()).release()).isEqualTo(current);
        shipping(Gate.OLDER_WINDOW).again().run(before, WINDOW);
        assertThat(publisher.current(SCOPE.tenant(), SCOPE.surface()).release()).isGreaterThan(current);
        assertThat(checkpoint()).isEqualTo(LAST);
    }

    @Test
    void aWindowThatEndsEarlierWithTheSameNewestEventIsOlder() throws IOException {
        keep(LAST.plusDays(1));
        shipping().run(DayWindow.between(FIRST, LAST.plusDays(1)), WINDOW + 1);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> shipping().again().run(DayWindow.between(LAST, LAST), WINDOW))
                .withMessageContaining("the window of artifact")
                .withMessageContaining("older_window");
    }

    @Test
    void aWindowThatWasLeftOpenIsNotNewer() throws IOException {
        Window open = new Window(new DayWindow(LAST, WINDOW).span().from(), Instant.parse("9999-12-31T23:59:59Z"));
        ship(
                LAST,
                SignalBuild.of(SCOPE, List.of(raw))
                        .window(open)
                        .into(folder.resolve("open"))
                        .build());

        assertThat(shipping().run(DayWindow.between(LAST, LAST), WINDOW)).hasSize(1);
        assertThat(shipped).hasSize(2);
    }

    @Test
    void twoAtOnceAreRefused() throws IOException {
        try (DayWriter other = days.write()) {
            assertThat(other).isNotNull();
            assertThatExceptionOfType(ConflictException.class)
                    .isThrownBy(() -> backfill().run(ALL, WINDOW))
                    .withMessageContaining("Another job writes the days of Acme/home");
        }
        assertThat(days.days()).isEmpty();
    }

    @Test
    void filesThatEndTooEarlyAreNotTakenForDaysWithoutEvents() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backfill().run(DayWindow.between(FIRST, LAST.plusDays(1)), WINDOW))
                .withMessageContaining("the files have no event of " + LAST.plusDays(1));
        assertThat(days.days()).isEmpty();
    }

    @Test
    void aDayWithoutEventsInTheMiddleIsKept() throws IOException {
        List<String> lines = new ArrayList<>(RandomDays.lines(6, DAYS, 40));
        lines.removeAll(RandomDays.of(FIRST.plusDays(2), lines));
        raw = RandomDays.file(folder.resolve("gap.csv"), lines);

        assertThat(backfill().run(DayWindow.between(LAST, LAST), DAYS)).hasSize(1);
        assertThat(days.days()).hasSize(DAYS);
        assertThat(days.read(FIRST.plusDays(2)).events().size()).isZero();
    }

    private void keep(LocalDate empty) throws IOException {
        try (DayWriter writer = days.write()) {
            writer.put(RandomDays.reader(raw).read(SCOPE, Optional.of(new DayWindow(empty, 1))), Set.of(empty), false);
        }
    }
}
