package dev.recsys.pipelines.tables;

import static dev.recsys.pipelines.days.RandomDays.FIRST;
import static dev.recsys.pipelines.days.RandomDays.SCOPE;
import static dev.recsys.pipelines.tables.TableShop.DAYS;
import static dev.recsys.pipelines.tables.TableShop.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.TableBuild;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.PopularitySettings;
import dev.recsys.pipelines.signals.Similarity;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuiltArtifact;
import dev.recsys.sums.DayFigures;
import dev.recsys.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that were filled with a whole window serve what the window's artifacts serve. */
class SameListsTest {
    private static final double SCORE = 1e-6;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyListIsTheSame(long seed) throws IOException {
        assertSame(TableShop.random(folder, seed));
    }

    @ParameterizedTest
    @EnumSource(value = Similarity.class, mode = EnumSource.Mode.EXCLUDE, names = "BM25_COSINE")
    void everyListIsTheSameByEverySimilarity(Similarity similarity) throws IOException {
        assertSame(TableShop.random(folder, 11).with(build -> build.similarity(similarity)));
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                named("a half-life of a minute", build -> build.halfLife(Duration.ofMinutes(1))),
                named("a half-life of five hours", build -> build.halfLife(Duration.ofHours(5))),
                named("a half-life of ten years", build -> build.halfLife(Duration.ofDays(3_650))),
                named("weights", build -> build.weights(Map.of("view", 0.0, "purchase", 7.3))),
                named("ages from within the window", build -> build.popularity(asOf(3))),
                named("ages from after the window", build -> build.popularity(asOf(40))),
                named("few items of a segment", build -> build.set("popularity.segment-items", 3)),
                named(
                        "support, shrinkage",
                        build -> build.set("cooc.min-support", 2).set("cooc.shrinkage", 4)),
                named("few neighbours", build -> build.set("cooc.neighbours", 2)),
                named(
                        "weights of steps",
                        build -> build.set("cooc.step-decay", 0.7).set("cooc.steps", 4)),
                named("a gap of hours", build -> build.sessionGap(Duration.ofHours(9))));
    }

    private static Arguments named(String name, UnaryOperator<SignalBuild> settings) {
        return Arguments.of(name, settings);
    }

    private static PopularitySettings asOf(int day) {
        return PopularitySettings.DEFAULT.withAsOf(
                FIRST.plusDays(day).atTime(11, 7).toInstant(ZoneOffset.UTC));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void everyListIsTheSameWithEverySetting(String name, UnaryOperator<SignalBuild> settings) throws IOException {
        assertSame(TableShop.random(folder, 12).with(settings));
    }

    private void assertSame(TableShop shop) throws IOException {
        Build artifacts =
                shop.build(days(0, DAYS - 1)).into(folder.resolve("artifacts")).build();
        shop.fill(days(0, DAYS - 1));

        ModeComparison comparison = shop.compare();

        assertThat(comparison.requests()).isGreaterThan(80);
        assertThat(comparison.differing()).isEmpty();
        assertThat(comparison.isSame()).isTrue();
        assertThat(comparison.maxScoreDifference()).isLessThan(SCORE);
        assertThat(shop.digests())
                .containsEntry(
                        ArtifactType.COOC,
                        artifact(artifacts, ArtifactType.COOC).sha256());
    }

    private static BuiltArtifact artifact(Build build, ArtifactType type) {
        return Objects.requireNonNull(build.artifacts().get(type));
    }

    @ParameterizedTest(name = "half-life of {0} days")
    @ValueSource(doubles = {1, 3, 30})
    void sessionsMayBeWeighedByAge(double halfLifeDays) throws IOException {
        TableShop shop = TableShop.random(folder, 13)
                .with(build ->
                        build.cooc(CoocSettings.of(Similarity.COSINE)).set("cooc.pair-half-life-days", halfLifeDays));
        shop.fill(days(0, DAYS - 1));

        ModeComparison comparison = shop.compare();

        assertThat(comparison.isSame()).as(comparison.text()).isTrue();
        assertThat(comparison.maxScoreDifference()).isLessThan(SCORE);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void daysThatAreFilledOneByOneServeTheSameThoughSessionsGoOnOverMidnight(long seed) throws IOException {
        TableShop shop = TableShop.withNights(folder, seed);
        shop.fill(days(0, 0));
        for (int day = 1; day < DAYS; day++) {
            assertThat(shop.fillDays(days(day, day)).state().cutSessions()).isZero();
        }
        assertThat(shop.tables
                        .state(SCOPE, Duration.ofSeconds(9))
                        .orElseThrow()
                        .days()
                        .values())
                .extracting(DayFigures::carriedSessions)
                .anyMatch(carried -> carried > 0);

        ModeComparison comparison = shop.compare();

        assertThat(comparison.isSame()).as(comparison.text()).isTrue();
        assertThat(comparison.maxScoreDifference()).isLessThan(SCORE);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33})
    void eventsAfterTheLastDayTakeNoSessionAwayFromIt(long seed) throws IOException {
        TableShop shop = TableShop.withNights(folder, seed);
        shop.fill(days(0, 1));
        shop.fillDays(days(2, 2)); // of which sessions go on, on days that are kept already

        ModeComparison comparison = shop.compare();

        assertThat(comparison.isSame()).as(comparison.text()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {27, 28, 29})
    void aWindowThatMovesOnServesTheSameIfNoSessionGoesOnOverMidnight(long seed) throws IOException {
        TableShop shop = TableShop.withoutNights(folder, seed);
        shop.fill(days(0, 1));
        for (int day = 2; day < DAYS; day++) {
            TableBuild.of(shop.build(days(day, day)), shop.tables).fill(days(day, day), 2);

            assertThat(shop.compare().isSame()).isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void aWindowThatMovesOnIsServedWhateverSessionsAreCut(long seed) throws IOException {
        TableShop shop = TableShop.random(folder, seed);
        shop.fill(days(0, 1));
        for (int day = 2; day < DAYS; day++) {
            TableBuild.of(shop.build(days(day, day)), shop.tables).fill(days(day, day), 2);

            assertThat(shop.compare().minOverlap()).isPositive();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void scoresOfPopularityAreTheSameToTheLastBitsOfAFloat(long seed) throws IOException {
        TableShop shop = TableShop.random(folder, seed).with(build -> build.halfLife(Duration.ofHours(50)));
        shop.fill(days(0, DAYS - 1));
        Build artifacts =
                shop.build(days(0, DAYS - 1)).into(folder.resolve("artifacts")).build();
        BuiltArtifact artifact = artifact(artifacts, ArtifactType.POPULARITY);
        Path summedBuild = Files.createDirectories(folder.resolve("summed"));
        new SummedReleases(shop.tables, Duration.ofSeconds(9)).release(SCOPE, summedBuild);
        Table summed = Table.open(summedBuild.resolve("popularity.rst"));
        Table built = Table.open(artifact.file());

        assertThat(summed.itemCount()).isEqualTo(built.itemCount());
        assertThat(summed.rowCount()).isEqualTo(built.rowCount()).isGreaterThan(3);
        for (int row = 0; row < built.rowCount(); row++) {
            assertThat(summed.rowKey(row)).isEqualTo(built.rowKey(row));
            assertThat(summed.rowEnd(row)).isEqualTo(built.rowEnd(row));
            for (int position = built.rowStart(row); position < built.rowEnd(row); position++) {
                assertThat(summed.itemId(summed.item(position))).isEqualTo(built.itemId(built.item(position)));
                float score = built.score(row, position);
                assertThat(summed.score(row, position)).isCloseTo(score, within(Math.ulp(score)));
            }
        }
    }
}
