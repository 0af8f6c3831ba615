package dev.recsys.pipelines.evaluate;

import static dev.recsys.pipelines.signals.Sessions.inSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.events.Event;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.pipelines.signals.SessionSettings;
import dev.recsys.pipelines.signals.Sessions;
import dev.recsys.table.Catalogue;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableInfo;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasketProtocolTest {
    private static final Instant SPLIT = Instant.ofEpochSecond(1_000);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void metricsAgreeWithASlowReference(long seed) throws IOException {
        Table cooc = randomTable(new Random(seed));
        List<Event> events = new ArrayList<>();
        Map<String, Set<String>> sessions = new TreeMap<>();
        for (Event event : Sessions.random(seed, 120, 60)) {
            events.add(inSession(1_000 + event.at().getEpochSecond(), event.session(), event.item()));
            sessions.computeIfAbsent(event.session(), key -> new TreeSet<>()).add(event.item());
        }
        List<Set<String>> ofTwo =
                sessions.values().stream().filter(items -> items.size() >= 2).toList();

        BasketMetrics expected = new SlowBasketProtocol(cooc).run(ofTwo);
        BasketMetrics metrics = run(cooc, events);

        assertThat(metrics.sessions()).isEqualTo(expected.sessions());
        assertThat(metrics.cases()).isEqualTo(expected.cases());
        assertThat(metrics.hitRateAt10())
                .isCloseTo(expected.hitRateAt10(), within(1e-12))
                .isBetween(0.1, 0.9);
        assertThat(metrics.recallAt20()).isCloseTo(expected.recallAt20(), within(1e-12));
        assertThat(metrics.ndcgAt10()).isCloseTo(expected.ndcgAt10(), within(1e-12));
    }

    @Test
    void tiesCountAgainstTheHiddenItem() throws IOException {
        Table cooc = table(table -> {
            List<ScoredItem> row = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                row.add(new ScoredItem("tie" + i, 1));
            }
            row.add(new ScoredItem("b", 1));
            table.row("a", row);
        });

        BasketMetrics metrics = run(cooc, List.of(inSession(1_000, "s", "a"), inSession(1_001, "s", "b")));

        assertThat(metrics.hitRateAt10()).isZero();
        assertThat(metrics.recallAt20()).isEqualTo(1); // b is eleventh; a, whom nothing recommends, is behind all
    }

    @Test
    void anItemThatTrainingDoesNotKnowIsAMissAndACase() throws IOException {
        Table cooc = table(table -> table.row("a", List.of(new ScoredItem("b", 1))));

        BasketMetrics metrics = run(cooc, List.of(inSession(1_000, "s", "a"), inSession(1_001, "s", "new")));

        assertThat(metrics.cases()).isEqualTo(2);
        assertThat(metrics.recallAt20()).isEqualTo(0.5); // a is second of the two that training knows
    }

    @Test
    void sessionsThatBeginBeforeTheSplitOrHaveOneItemAreNotTested() throws IOException {
        Table cooc = table(table -> table.row("a", List.of(new ScoredItem("b", 1))));
        List<Event> events = List.of(
                inSession(999, "before", "a"), inSession(1_001, "before", "b"),
                inSession(1_000, "one", "a"), inSession(1_001, "one", "a"),
                inSession(1_000, "two", "a"), inSession(1_001, "two", "b"));

        assertThat(run(cooc, events).sessions()).isEqualTo(1);
    }

    @Test
    void popularityFillsTheOrderBehindNeighbours() throws IOException {
        Table cooc = table(table -> table.row("a", List.of(new ScoredItem("b", 3))));
        Table popularity = popularity(List.of(new ScoredItem("c", 9), new ScoredItem("d", 8), new ScoredItem("b", 1)));
        Scorer scorer = scorer(cooc, popularity);

        double[] scores = scorer.score(new int[] {0}, 1);

        assertThat(scores[1]).isCloseTo(1 + 0.2 / 9, within(1e-6));
        assertThat(scores[2]).isCloseTo(0.2, within(1e-6));
        assertThat(scores[3]).isCloseTo(0.2 * 8 / 9, within(1e-6));
    }

    @Test
    void withoutSessionsAllFiguresAreZeroAndWithoutTablesThereIsNothingToEvaluate() throws IOException {
        assertThat(run(table(table -> {}), List.of())).isEqualTo(new BasketMetrics(0, 0, 0, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BasketProtocol(Optional.empty(), Optional.empty(), ProgressListener.NONE));
    }

    private static BasketMetrics run(Table cooc, List<Event> list) {
        Events events = Sessions.events(list);
        return new BasketProtocol(Optional.of(cooc), Optional.empty(), ProgressListener.NONE)
                .run(events, Baskets.of(events, SessionSettings.DEFAULT), SPLIT);
    }

    private static Scorer scorer(Table cooc, Table popularity) {
        Catalogue catalogue = Catalogue.of(List.of(popularity, cooc));
        assertThat(List.of(catalogue.itemId(0), catalogue.itemId(1), catalogue.itemId(2), catalogue.itemId(3)))
                .containsExactly("a", "b", "c", "d");
        return new Scorer(
                Optional.of(cooc.renumbered(catalogue)),
                Optional.of(popularity.renumbered(catalogue)),
                catalogue.size());
    }

    /** Knows 50 of the 60 items that sessions have; scores repeat, so that there are ties. */
    private Table randomTable(Random random) throws IOException {
        return table(table -> {
            for (int i = 0; i < 50; i++) {
                List<ScoredItem> row = new ArrayList<>();
                for (int j = 0; j < 50; j++) {
                    if (j != i && random.nextInt(3) == 0) {
                        row.add(new ScoredItem("i" + j, random.nextInt(6) / 4f));
                    }
                }
                table.row("i" + i, row);
            }
        });
    }

    private interface Content {
        void write(TableWriter table) throws IOException;
    }

    private Table table(Content content) throws IOException {
        return write("cooc.rst", ArtifactType.COOC, RowKeys.ITEMS, content);
    }

    private Table popularity(List<ScoredItem> items) throws IOException {
        return write("popularity.rst", ArtifactType.POPULARITY, RowKeys.LABELS, table -> {
            List.of("a", "b", "c", "d").forEach(table::item);
            table.row("", items);
        });
    }

    private Table write(String name, ArtifactType type, RowKeys rowKeys, Content content) throws IOException {
        Path file = folder.resolve(name);
        TableInfo info = new TableInfo(new Scope("acme", "home"), type, "sku");
        try (TableWriter table = TableWriter.create(file, info, TableForm.EXACT, rowKeys)) {
            content.write(table);
            table.finish();
        }
        return Table.open(file);
    }
}
