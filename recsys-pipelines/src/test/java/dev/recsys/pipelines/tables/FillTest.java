package dev.recsys.pipelines.tables;

import static dev.recsys.pipelines.days.RandomDays.FIRST;
import static dev.recsys.pipelines.days.RandomDays.SCOPE;
import static dev.recsys.pipelines.tables.TableShop.DAYS;
import static dev.recsys.pipelines.tables.TableShop.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.ConflictException;
import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.FillReport;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.TableBuild;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.days.RandomDays;
import dev.recsys.pipelines.signals.PopularitySettings;
import dev.recsys.pipelines.signals.Similarity;
import dev.recsys.pipelines.signals.SumSettings;
import dev.recsys.pipelines.signals.Trend;
import dev.recsys.store.Sha256;
import dev.recsys.sums.DayFigures;
import dev.recsys.sums.Replacement;
import dev.recsys.sums.SignalTables;
import dev.recsys.sums.SumsReader;
import dev.recsys.sums.TablesState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FillTest {
    private static final Duration LONG = Duration.ofSeconds(9);

    @TempDir
    Path folder;

    /** In how many sessions each pair and each item is, over all days. */
    private static Map<List<String>, Double> sessions(TableShop shop) {
        return shop.tables
                .read(
                        SCOPE,
                        reader -> {
                            SortedMap<LocalDate, Double> all = new TreeMap<>();
                            reader.state().days().keySet().forEach(day -> all.put(day, 1.0));
                            Map<List<String>, Double> sums = new HashMap<>();
                            reader.items(all, row -> sums.put(List.of(row.item()), row.share()));
                            reader.pairs(
                                    all,
                                    row -> sums.put(List.of(row.item(), row.neighbour()), (double) row.sessions()));
                            return sums;
                        },
                        LONG)
                .orElseThrow();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void daysThatAreFilledOneByOneDifferByNoMoreThanTheSessionsThatAreCut(long seed) throws IOException {
        TableShop whole = TableShop.random(folder, seed);
        whole.fill(days(0, DAYS - 1));
        TableShop daily = whole.with(build -> build);
        daily.fill(days(0, 0));
        for (int day = 1; day < DAYS; day++) {
            daily.fillDays(days(day, day));
        }
        long cut = daily.tables.state(SCOPE, LONG).orElseThrow().cutSessions();
        Map<List<String>, Double> expected = sessions(whole);
        Map<List<String>, Double> found = sessions(daily);

        assertThat(cut).isPositive();
        assertThat(found).isNotEqualTo(expected);
        Set<List<String>> keys = new HashSet<>(expected.keySet());
        keys.addAll(found.keySet());
        for (List<String> key : keys) {
            double difference = found.getOrDefault(key, 0.0) - expected.getOrDefault(key, 0.0);
            assertThat(Math.abs(difference)).as("%s", key).isLessThanOrEqualTo((double) cut);
        }
    }

    @Test
    void aSessionOverMidnightBelongsToTheDayOfItsNewestEvent() throws IOException {
        TableShop shop = TableShop.of(
                folder,
                List.of(
                        ",2026-01-30T23:50:00Z,,u1,,a,,,",
                        ",2026-01-31T00:05:00Z,,u1,,b,,,",
                        ",2026-01-31T09:00:00Z,,u2,,c,,,"));
        FillReport together = shop.fill(days(0, 1));
        TableShop apart = shop.with(build -> build);
        FillReport first = apart.fill(days(0, 0));
        FillReport second = apart.fillDays(days(1, 1));

        assertThat(first.state().days().values())
                .extracting(DayFigures::sessions)
                .containsExactly(1L);
        assertThat(second.state().days()).isEqualTo(together.state().days());
        assertThat(second.state().days().values())
                .extracting(DayFigures::sessions)
                .containsExactly(0L, 2L);
        assertThat(second.state().days().values())
                .extracting(DayFigures::carriedSessions)
                .containsExactly(0L, 1L);
        assertThat(sessions(apart)).isEqualTo(sessions(shop)).containsEntry(List.of("a", "b"), 1.0);
    }

    @Test
    void aSessionOverTwoMidnightsAndOneThatBeginsBeforeTheWindowAreCounted() throws IOException {
        TableShop shop = TableShop.of(
                folder,
                List.of(
                        ",2026-01-30T12:00:00Z,,,s1,a,,,",
                        ",2026-02-01T12:00:00Z,,,s1,b,,,",
                        ",2026-01-30T23:00:00Z,,,s2,a,,,",
                        ",2026-01-31T01:00:00Z,,,s2,b,,,"));
        assertThat(shop.fill(days(0, 1)).state().cutSessions()).isZero();

        assertThat(shop.fillDays(days(2, 2)).state().cutSessions()).isEqualTo(1);
        assertThat(TableBuild.of(shop.build(days(2, 2)), shop.tables)
                        .fill(days(2, 2), 2)
                        .state()
                        .cutSessions())
                .isEqualTo(2);
    }

    @Test
    void filesThatLackTheDayBeforeAreRefused() throws IOException {
        TableShop shop = TableShop.withNights(folder, 43);
        shop.fill(days(0, 1));
        List<String> lines = Files.readAllLines(folder.resolve("events.csv"));
        Path last = RandomDays.file(folder.resolve("last.csv"), RandomDays.of(FIRST.plusDays(2), lines));
        TableBuild lone = TableBuild.of(SignalBuild.of(SCOPE, List.of(last)), shop.tables);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> lone.fill(days(2, 2), DAYS))
                .withMessageContaining("have none of 2026-01-31")
                .withMessageContaining("go on over midnight");
    }

    @Test
    void anIdThatComesAgainOnTheNextDayCountsOnce() throws IOException {
        TableShop shop = TableShop.of(
                folder,
                List.of(
                        "e1,2026-01-30T10:00:00Z,,u1,,a,,,",
                        "e1,2026-01-31T10:00:00Z,,u1,,a,,,",
                        "e2,2026-01-31T11:00:00Z,,u1,,b,,,"));
        shop.fill(days(0, 0));

        FillReport report = shop.fillDays(days(1, 1));

        assertThat(report.state().days().values())
                .extracting(DayFigures::events)
                .containsExactly(1L, 1L);
    }

    @Test
    void theOrderInWhichDaysAreFilledChangesNoByte() throws IOException {
        TableShop shop = TableShop.withNights(folder, 31);
        List<Map<ArtifactType, Sha256>> digests = new ArrayList<>();
        for (List<Integer> order : List.of(List.of(0, 1, 2, 3, 4), List.of(4, 3, 2, 1, 0), List.of(2, 3, 1, 4, 0))) {
            TableShop fresh = shop.with(build -> build);
            fresh.fill(days(order.get(0), order.get(0)));
            for (int day : order.subList(1, DAYS)) {
                fresh.fillDays(days(day, day));
            }
            digests.add(fresh.digests());
        }

        assertThat(digests.get(1)).isEqualTo(digests.get(0)).hasSize(2);
        assertThat(digests.get(2)).isEqualTo(digests.get(0));
    }

    @Test
    void aDayThatIsFilledAgainIsReplaced() throws IOException {
        TableShop shop = TableShop.withoutNights(folder, 32);
        shop.fill(days(0, DAYS - 1));
        Map<ArtifactType, Sha256> before = shop.digests();

        TablesState state = shop.fillDays(days(1, 3)).state();

        assertThat(state.revision()).isEqualTo(2);
        assertThat(state.days()).hasSize(DAYS);
        assertThat(shop.digests()).isEqualTo(before);
    }

    @Test
    void daysThatLeaveTheWindowAreGone() throws IOException {
        TableShop shop = TableShop.withoutNights(folder, 33);
        shop.fill(days(0, 2));
        SignalBuild build = shop.build(days(0, DAYS - 1));

        TableBuild.of(build, shop.tables).fill(days(3, 4), 3);

        TableShop window = shop.with(same -> same);
        window.fill(days(2, 4));
        assertThat(shop.tables.state(SCOPE, LONG).orElseThrow().days()).hasSize(3);
        assertThat(shop.digests()).isEqualTo(window.digests());
    }

    @Test
    void anItemThatOnlyADayHasThatLeftIsGoneThoughASessionWentOn() throws IOException {
        TableShop shop = TableShop.of(
                folder,
                List.of(
                        ",2026-01-30T23:50:00Z,,u1,,a,,,",
                        ",2026-01-31T00:05:00Z,,u1,,b,,,",
                        ",2026-01-31T00:06:00Z,,u1,,c,,,",
                        ",2026-02-01T09:00:00Z,,u2,,c,,,"));
        shop.fill(days(0, 1));
        TableBuild.of(shop.build(days(2, 2)), shop.tables).fill(days(2, 2), 2);
        TableShop window = shop.with(same -> same);

        window.fill(days(1, 2));

        assertThat(shop.digests()).isEqualTo(window.digests());
    }

    @Test
    void rawFilesGiveWhatKeptDaysGive() throws IOException {
        TableShop shop = TableShop.random(folder, 34);
        shop.fill(days(0, 2));
        shop.fillDays(days(3, 3));
        TableShop raw = shop.with(build -> build);
        SignalBuild files = SignalBuild.of(SCOPE, List.of(folder.resolve("events.csv")));

        TableBuild.of(files.window(days(0, 2).span()), raw.tables).fill();
        TableBuild.of(files, raw.tables).fill(days(3, 3), DAYS);

        assertThat(raw.digests()).isEqualTo(shop.digests());
    }

    @Test
    void otherSettingsAreRefusedUnlessTheWholeWindowIsReplaced() throws IOException {
        TableShop shop = TableShop.random(folder, 35);
        shop.fill(days(0, 3));
        SignalBuild other = shop.build(days(0, 4)).halfLife(Duration.ofDays(7));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableBuild.of(other, shop.tables).fill(days(4, 4), DAYS))
                .withMessageContaining("filled with other settings")
                .withMessageContaining("half-life=PT720H")
                .withMessageContaining("half-life=PT168H");
        assertThat(TableBuild.of(other, shop.tables).fill().state().revision()).isEqualTo(2);
        assertThat(TableBuild.of(other, shop.tables)
                        .fill(days(4, 4), DAYS)
                        .state()
                        .revision())
                .isEqualTo(3);
    }

    @Test
    void aDayThatWouldBeMissingIsNamed() throws IOException {
        TableShop shop = TableShop.random(folder, 36);
        shop.fill(days(0, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.fillDays(days(3, 3)))
                .withMessageContaining("days between would be missing");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> TableBuild.of(shop.build(days(0, 4)), shop.tables).fill(days(0, 0), 1))
                .withMessageContaining("keep more days");
    }

    @Test
    void daysOfTablesThatWereNeverFilledAreRefused() throws IOException {
        TableShop shop = TableShop.random(folder, 37);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.fillDays(days(0, 0)))
                .withMessageContaining("fill a whole window first");
        assertThatIllegalArgumentException().isThrownBy(shop::compare).withMessageContaining("never filled");
    }

    @Test
    void aWindowWithoutEventsLeavesTheTablesAsTheyAre() throws IOException {
        TableShop shop = TableShop.random(folder, 38);
        shop.fill(days(0, 1));
        SignalBuild nothing = SignalBuild.of(SCOPE, List.of(folder.resolve("events.csv")))
                .window(DayWindow.between(FIRST.plusDays(50), FIRST.plusDays(51))
                        .span());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableBuild.of(nothing, shop.tables).fill())
                .withMessageContaining("Are these the right files?");
        assertThat(shop.tables.state(SCOPE, LONG).orElseThrow().revision()).isEqualTo(1);
    }

    @Test
    void aDayOnWhichNothingHappenedIsADay() throws IOException {
        TableShop shop =
                TableShop.of(folder, List.of(",2026-01-30T10:00:00Z,,u1,,a,,,", ",2026-02-01T09:00:00Z,,u2,,c,,,"));
        SignalBuild files = SignalBuild.of(SCOPE, List.of(folder.resolve("events.csv")));

        TablesState state = TableBuild.of(files, shop.tables).fill().state();

        assertThat(state.days()).hasSize(3).containsEntry(FIRST.plusDays(1), DayFigures.none(FIRST.plusDays(1)));
        assertThat(TableBuild.of(files, shop.tables).compare(9, 5, folder).isSame())
                .isTrue();
    }

    @Test
    void anotherFillMeanwhileIsAConflictAndStays() throws IOException {
        TableShop shop = TableShop.random(folder, 39);
        shop.fill(days(0, 2));
        SignalTables overtaken = new Overtaken(shop);

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(
                        () -> TableBuild.of(shop.build(days(0, 3)), overtaken).fill());
        assertThat(shop.tables.state(SCOPE, LONG).orElseThrow().days()).hasSize(2);
    }

    @Test
    void whatSumsOfDaysDoNotGiveIsRefused() throws IOException {
        TableShop shop = TableShop.random(folder, 40);
        SignalBuild build = shop.build(days(0, 1));

        for (SignalBuild other : List.of(
                build.everySignal(),
                build.signals(Set.of(ArtifactType.POPULARITY)),
                build.select(),
                build.similarity(Similarity.BM25_COSINE),
                build.popularity(PopularitySettings.DEFAULT.withTrend(Trend.WEEKLY)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TableBuild.of(other, shop.tables))
                    .withMessageContaining("tables");
        }
    }

    @Test
    void settingsThatNobodyWroteAreDamagedAndThoseOfANewerVersionSaySo() throws IOException {
        TableShop shop = TableShop.random(folder, 41);
        String text = shop.fill(days(0, 1)).state().settings();

        assertThat(SumSettings.parse(text).text()).isEqualTo(text);
        assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> SumSettings.parse(text.replace("gap", "")));
        assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> SumSettings.parse("?"));
        assertThatExceptionOfType(NewerFormatException.class)
                .isThrownBy(() -> SumSettings.parse(text.replace("format=1", "format=2")));
    }

    @Test
    void settingsComeBackWhateverTypesAreCalled() throws IOException {
        TableShop shop = TableShop.random(folder, 42)
                .with(build -> build.weights(Map.of("a=b=", 0.1, "weight ", 3.0, "\u0130", 1e6))
                        .set("cooc.pair-half-life-days", 2)
                        .popularity(PopularitySettings.DEFAULT
                                .withWeights(Map.of("x=", 1 / 3.0))
                                .withAsOf(RandomDays.FIRST.atStartOfDay().toInstant(ZoneOffset.UTC))));
        String text = shop.fill(days(0, 1)).state().settings();

        assertThat(SumSettings.parse(text).text()).isEqualTo(text);
        assertThat(SumSettings.parse(text).popularity().weights()).containsEntry("x=", 1 / 3.0);
    }

    /** Tables that another one fills between the look at their state and the replacement. */
    private record Overtaken(TableShop shop) implements SignalTables {
        @Override
        public String location() {
            return shop.tables.location();
        }

        @Override
        public Optional<TablesState> state(Scope scope, Duration timeout) {
            Optional<TablesState> state = shop.tables.state(scope, timeout);
            try {
                shop.fill(days(0, 1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return state;
        }

        @Override
        public TablesState replace(Scope scope, Replacement replacement, Duration timeout) {
            return shop.tables.replace(scope, replacement, timeout);
        }

        @Override
        public <T> Optional<T> read(Scope scope, Function<SumsReader, T> reading, Duration timeout) {
            return shop.tables.read(scope, reading, timeout);
        }
    }
}
