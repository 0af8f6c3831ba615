package dev.recsys.pipelines.days;

import static dev.recsys.pipelines.days.RandomDays.FIRST;
import static dev.recsys.pipelines.days.RandomDays.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.SignalBuildReport;
import dev.recsys.pipelines.events.EventFiles;
import dev.recsys.pipelines.events.ReadReport;
import dev.recsys.pipelines.items.ItemFile;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.ImplicitModel;
import dev.recsys.pipelines.signals.ImplicitSettings;
import dev.recsys.pipelines.signals.Similarity;
import dev.recsys.publish.BuiltArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A window built from kept days has the bytes of one that is built from all raw files. */
class WindowFromDaysTest {
    private static final int DAYS = 6;
    private static final Duration GAP = Duration.ofMinutes(30);

    @TempDir
    Path folder;

    private int outs;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everySignalOfEveryWindowHasTheBytesOfTheRawFiles(long seed) throws IOException {
        List<String> lines = RandomDays.lines(seed, DAYS, 120);
        DayFolder days = shuffledDays(lines, seed);
        Path whole = RandomDays.file(folder.resolve("whole.csv"), lines);

        for (int length : List.of(1, 3, DAYS)) {
            DayWindow window = new DayWindow(FIRST.plusDays(DAYS - 1), length);
            assertSame(whole, days, window, SignalBuild::everySignal);
        }
        assertSame(whole, days, new DayWindow(FIRST.plusDays(3), 2), SignalBuild::everySignal);
    }

    @ParameterizedTest
    @EnumSource(ImplicitModel.class)
    void everyModelHasTheBytesOfTheRawFiles(ImplicitModel model) throws IOException {
        List<String> lines = RandomDays.lines(11, DAYS, 80);

        assertSame(
                lines,
                3,
                new DayWindow(FIRST.plusDays(4), 4),
                build -> build.everySignal().implicit(ImplicitSettings.of(model)));
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void settingsThatChangeLaterHaveTheBytesOfTheRawFiles(Similarity similarity) throws IOException {
        List<String> lines = RandomDays.lines(12, DAYS, 80);

        assertSame(
                lines,
                4,
                new DayWindow(FIRST.plusDays(5), 5),
                build -> build.everySignal()
                        .similarity(similarity)
                        .weights(Map.of("view", 0.0, "purchase", 7.5))
                        .halfLife(Duration.ofHours(30))
                        .sessionGap(Duration.ofHours(7)));
    }

    @Test
    void aChoiceByEvidenceIsThatOfTheRawFiles() throws IOException {
        List<String> lines = RandomDays.lines(13, DAYS, 150);

        assertSame(
                lines,
                5,
                new DayWindow(FIRST.plusDays(5), 6),
                build -> build.everySignal().select());
    }

    @Test
    void aSessionGoesOnOverMidnight() throws IOException {
        Path one = RandomDays.file(
                folder.resolve("1.csv"), List.of(",2026-01-30T23:50:00Z,,u1,,a,,,", ",2026-01-30T23:55:00Z,,u2,,a,,,"));
        Path two = RandomDays.file(
                folder.resolve("2.csv"), List.of(",2026-01-31T00:05:00Z,,u1,,b,,,", ",2026-01-31T02:00:00Z,,u2,,c,,,"));
        RandomDays.keep(folder.resolve("days"), one);
        DayFolder days = RandomDays.keep(folder.resolve("days"), two);

        SignalBuildReport report = SignalBuild.ofDays(days, new DayWindow(FIRST.plusDays(1), 2))
                .sessionGap(GAP)
                .into(out());

        assertThat(report.sessions()).isEqualTo(3);
    }

    @Test
    void anIdThatComesOnSeveralDaysCountsOnceInAWindowAndOnEachDayAlone() throws IOException {
        Path one = RandomDays.file(folder.resolve("1.csv"), List.of("e1,2026-01-30T10:00:00Z,,u1,,a,view,,"));
        Path two = RandomDays.file(
                folder.resolve("2.csv"),
                List.of(
                        "e1,2026-01-31T10:00:00Z,,u1,,b,purchase,,",
                        "e1,2026-01-31T09:00:00Z,,u1,,c,view,,",
                        "e1,2026-01-31T09:00:00Z,,u1,,d,view,,"));
        RandomDays.keep(folder.resolve("days"), one);
        DayFolder days = RandomDays.keep(folder.resolve("days"), two);

        ReadReport both = read(days, 2, Set.of());
        ReadReport last = read(days, 1, Set.of());
        ReadReport purchases = read(days, 2, Set.of("view"));

        assertThat(List.of(both.lines(), both.events(), both.duplicates())).containsExactly(4L, 1L, 3L);
        assertThat(List.of(last.lines(), last.events(), last.duplicates())).containsExactly(3L, 1L, 2L);
        assertThat(List.of(purchases.lines(), purchases.events(), purchases.duplicates(), purchases.ignored()))
                .containsExactly(4L, 1L, 1L, 2L);
    }

    @Test
    void timeZonesAndLocalesChangeNoByte() throws IOException {
        List<String> lines = RandomDays.lines(14, 3, 60);
        Path whole = RandomDays.file(folder.resolve("whole.csv"), lines);
        RandomDays.keep(folder.resolve("plain"), whole);
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            RandomDays.keep(folder.resolve("turkish"), whole);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }

        for (int day = 0; day < 3; day++) {
            String file = "%41cme/home/" + FIRST.plusDays(day) + ".day";
            assertThat(folder.resolve("turkish").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("plain").resolve(file));
        }
    }

    @Test
    void aDayThatIsMissingInTheMiddleIsNamed() throws IOException {
        List<String> lines = RandomDays.lines(15, 4, 20);
        lines.removeAll(RandomDays.of(FIRST.plusDays(2), lines));
        DayFolder days = RandomDays.keep(folder.resolve("days"), RandomDays.file(folder.resolve("whole.csv"), lines));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(days, 30, Set.of()))
                .withMessageContaining("1 days of the window are not kept")
                .withMessageContaining(FIRST.plusDays(2).toString());
    }

    @Test
    void theCountsOfAWindowAddUp() throws IOException {
        List<String> lines = RandomDays.lines(16, DAYS, 100);
        DayFolder days = RandomDays.keep(folder.resolve("days"), RandomDays.file(folder.resolve("whole.csv"), lines));

        ReadReport report = read(days, DAYS, Set.of("view"));

        assertThat(report.lines()).isEqualTo(lines.size());
        assertThat(report.events()
                        + report.duplicates()
                        + report.malformed()
                        + report.setAside()
                        + report.otherScope()
                        + report.ignored())
                .isEqualTo(lines.size());
        assertThat(report.setAside()).isPositive();
        assertThat(report.otherScope()).isPositive();
    }

    private ReadReport read(DayFolder days, int length, Set<String> ignored) throws IOException {
        LocalDate until = days.days().last();
        return days.read(new DayWindow(until, length), ignored, ProgressListener.NONE)
                .report();
    }

    /** Keeps each day from files of its own, whose lines are shuffled and split, the last day first. */
    private DayFolder shuffledDays(List<String> lines, long seed) throws IOException {
        Path root = folder.resolve("days");
        for (int day = DAYS - 1; day >= 0; day--) {
            List<String> some = new ArrayList<>(RandomDays.of(FIRST.plusDays(day), lines));
            Collections.shuffle(some, new Random(seed));
            int middle = some.size() / 2;
            RandomDays.keep(
                    root,
                    RandomDays.file(folder.resolve(day + "a.csv.gz"), some.subList(0, middle)),
                    RandomDays.file(folder.resolve(day + "b.csv"), some.subList(middle, some.size())));
        }
        return DayFolder.of(root, SCOPE);
    }

    private void assertSame(List<String> lines, long seed, DayWindow window, UnaryOperator<SignalBuild> settings)
            throws IOException {
        DayFolder days = shuffledDays(lines, seed);
        assertSame(RandomDays.file(folder.resolve("whole.csv"), lines), days, window, settings);
    }

    private void assertSame(Path whole, DayFolder days, DayWindow window, UnaryOperator<SignalBuild> settings)
            throws IOException {
        ItemFile items = ItemFile.of(EventFiles.lines(
                folder.resolve("items.csv"),
                "item_id,categories,price",
                "\u0131tem1,a|b,9.5",
                "new,b,9",
                "\u0131tem2,a,1"));
        SignalBuildReport raw = settings.apply(
                        SignalBuild.of(SCOPE, List.of(whole)).window(window.span()))
                .items(items)
                .threads(1)
                .into(out());
        SignalBuildReport packed = settings.apply(SignalBuild.ofDays(days, window))
                .items(items)
                .threads(3)
                .into(out());

        assertThat(packed.read().events()).isEqualTo(raw.read().events()).isPositive();
        assertThat(packed.users()).isEqualTo(raw.users());
        assertThat(packed.sessions()).isEqualTo(raw.sessions());
        assertThat(packed.choices()).isEqualTo(raw.choices());
        assertThat(packed.build().artifacts().keySet())
                .isEqualTo(raw.build().artifacts().keySet())
                .hasSize(5);
        for (BuiltArtifact artifact : raw.build().artifacts().values()) {
            BuiltArtifact same =
                    Objects.requireNonNull(packed.build().artifacts().get(artifact.type()));
            assertThat(same.window()).isEqualTo(artifact.window());
            assertThat(same.watermark()).isEqualTo(artifact.watermark()).isAfter(Instant.EPOCH);
            assertThat(Files.mismatch(artifact.file(), same.file()))
                    .as("%s of %s", artifact.type(), window)
                    .isEqualTo(-1);
        }
    }

    private Path out() {
        return folder.resolve("out" + outs++);
    }
}
