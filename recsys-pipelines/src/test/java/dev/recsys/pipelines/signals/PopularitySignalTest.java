package dev.recsys.pipelines.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.events.Event;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableInfo;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PopularitySignalTest {
    private static final TableInfo INFO = new TableInfo(new Scope("acme", "home"), ArtifactType.POPULARITY, "sku");
    private static final long DAY = 86_400;

    @TempDir
    Path folder;

    private PopularitySettings settings = PopularitySettings.DEFAULT;
    private int tables;

    @Test
    void anEventCountsItsWeightHalvedAtEveryHalfLife() throws IOException {
        Table table = table(List.of(
                event(60 * DAY, "purchase", "new", ""),
                event(30 * DAY, "purchase", "month", ""),
                event(0, "click", "old", ""),
                event(60 * DAY, "unheard", "other", ""),
                event(60 * DAY, "", "none", "")));

        assertThat(table.row(""))
                .containsExactly(
                        new ScoredItem("new", 5),
                        new ScoredItem("month", 2.5f),
                        new ScoredItem("none", 1),
                        new ScoredItem("other", 1),
                        new ScoredItem("old", 0.5f));
    }

    @Test
    void agesCountFromAsOfAndLaterEventsHaveNone() throws IOException {
        settings = settings.withAsOf(Instant.ofEpochSecond(30 * DAY));

        Table table = table(List.of(event(0, "", "a", ""), event(60 * DAY, "", "b", "")));

        assertThat(table.row("")).containsExactly(new ScoredItem("b", 1), new ScoredItem("a", 0.5f));
    }

    @Test
    void segmentsHaveListsOfTheirOwnCutToTheirBest() throws IOException {
        settings = new PopularitySettings(Map.of(), Duration.ofDays(30), settings.asOf(), 2, Optional.empty());
        List<Event> events = List.of(
                event(1, "", "a", "de"),
                event(1, "", "b", "de"),
                event(1, "", "b", "de"),
                event(1, "", "c", "de"),
                event(1, "", "c", "fr"),
                event(1, "", "d", ""));

        Table table = table(events);

        assertThat(table.row("de")).containsExactly(new ScoredItem("b", 2), new ScoredItem("a", 1));
        assertThat(table.row("fr")).containsExactly(new ScoredItem("c", 1));
        assertThat(table.row("")).hasSize(4);
        assertThat(table.rowCount()).isEqualTo(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void sumsAgreeWithASlowReferenceAndTheOrderOfEventsChangesNoByte(long seed) throws IOException {
        List<Event> events = randomEvents(new Random(seed));
        Map<String, Double> expected = new TreeMap<>();
        for (Event event : events) {
            double age = (100 * DAY - event.at().getEpochSecond()) / (30.0 * DAY);
            double weight = settings.weights().getOrDefault(event.type(), 1.0);
            expected.merge(event.item(), weight * Math.pow(0.5, age), Double::sum);
        }
        settings = settings.withAsOf(Instant.ofEpochSecond(100 * DAY));
        Path file = write(events);
        Collections.shuffle(events, new Random(seed));

        for (ScoredItem item : Table.open(file).row("")) {
            double sum = expected.getOrDefault(item.itemId(), -1.0);
            assertThat((double) item.score()).isCloseTo(sum, within(1e-6 * sum));
        }
        assertThat(Files.mismatch(file, write(events))).isEqualTo(-1);
    }

    @Test
    void aTrendIsTheRateNowAgainstTheWindowsBefore() throws IOException {
        settings = settings.withTrend(new Trend(Duration.ofDays(10), 2, 3)).withAsOf(Instant.ofEpochSecond(40 * DAY));

        Table table = table(List.of(
                event(30 * DAY + 1, "purchase", "up", "de"), // now: after the 30th day
                event(40 * DAY, "click", "up", ""), // now: asOf itself
                event(30 * DAY, "click", "up", ""), // before: the 30th day itself
                event(10 * DAY, "purchase", "up", ""), // in neither window
                event(40 * DAY + 1, "purchase", "up", ""), // later than asOf
                event(35 * DAY, "", "down", ""),
                event(25 * DAY, "purchase", "down", ""),
                event(15 * DAY, "purchase", "down", ""),
                event(25 * DAY, "purchase", "gone", "")));

        assertThat(table.row(""))
                .containsExactly(
                        new ScoredItem("up", (float) ((5 + 2 + 3) / (2 / 2.0 + 3))),
                        new ScoredItem("down", (float) ((1 + 3) / (10 / 2.0 + 3))));
        assertThat(table.row("de")).containsExactly(new ScoredItem("up", (float) ((5 + 3) / 3.0)));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12})
    void trendsAgreeWithASlowReferenceAndTheOrderOfEventsChangesNoByte(long seed) throws IOException {
        List<Event> events = randomEvents(new Random(seed));
        settings = settings.with("trend-days", 14)
                .with("trend-windows", 3)
                .with("trend-smoothing", 5)
                .withAsOf(Instant.ofEpochSecond(90 * DAY));
        Path file = write(events);
        Collections.shuffle(events, new Random(seed));

        assertThat(Files.mismatch(file, write(events))).isEqualTo(-1);
        List<ScoredItem> row = Table.open(file).row("");
        assertThat(row).hasSizeGreaterThan(20);
        for (ScoredItem item : row) {
            double now = weight(events, item.itemId(), 76 * DAY, 90 * DAY);
            double before = weight(events, item.itemId(), 34 * DAY, 76 * DAY);
            assertThat((double) item.score()).isCloseTo((now + 5) / (before / 3 + 5), within(1e-6));
        }
    }

    private double weight(List<Event> events, String item, long after, long to) {
        return events.stream()
                .filter(event -> event.item().equals(item))
                .filter(event ->
                        event.at().getEpochSecond() > after && event.at().getEpochSecond() <= to)
                .mapToDouble(event -> settings.weights().getOrDefault(event.type(), 1.0))
                .sum();
    }

    @Test
    void withoutEventsThereIsNoRow() throws IOException {
        assertThat(table(List.of()).rowCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -0.001, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300})
    void aWeightThatMakesNoSenseIsRefusedByName(double weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withWeights(Map.of("wish", weight)))
                .withMessageContaining("'wish'")
                .withMessageContaining(String.valueOf(weight));
    }

    @Test
    void typesOfWeightZeroAreIgnored() {
        assertThat(settings.withWeights(Map.of("view", 0.0, "click", 1.0)).ignoredTypes())
                .containsExactly("view");
    }

    @Test
    void aHalfLifeThatIsNotPositiveIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withHalfLife(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withHalfLife(Duration.ofDays(-1)));
    }

    private static List<Event> randomEvents(Random random) {
        String[] types = {"view", "click", "purchase", "wish", ""};
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String item = "i" + random.nextInt(50);
            String segment = random.nextInt(3) == 0 ? "" : "seg" + random.nextInt(4);
            events.add(event(random.nextInt(100) * DAY, types[random.nextInt(types.length)], item, segment));
        }
        return events;
    }

    private static Event event(long second, String type, String item, String segment) {
        return new Event("", Instant.ofEpochSecond(second), type, "", "", item, segment);
    }

    private Table table(List<Event> events) throws IOException {
        return Table.open(write(events));
    }

    private Path write(List<Event> events) throws IOException {
        Path file = folder.resolve("t" + tables++);
        try (TableWriter table = TableWriter.create(file, INFO, TableForm.EXACT, RowKeys.LABELS)) {
            new PopularitySignal(settings, ProgressListener.NONE).write(Sessions.events(events), table);
            table.finish();
        }
        return file;
    }
}
