package dev.recsys.pipelines.signals;

import static dev.recsys.pipelines.signals.Sessions.inSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.events.Event;
import dev.recsys.pipelines.events.Events;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoocSignalTest {
    private static final TableInfo INFO = new TableInfo(new Scope("acme", "home"), ArtifactType.COOC, "sku");

    @TempDir
    Path folder;

    private int tables;

    @ParameterizedTest(name = "{0}, seed {1}, support {2}, shrinkage {3}, neighbours {4}")
    @CsvSource({
        "COUNT,1,1,0,100",
        "COSINE,2,1,0,100",
        "JACCARD,3,1,0,100",
        "LLR,4,1,0,100",
        "CONDITIONAL,5,1,0,100",
        "RP3BETA,6,1,0,100",
        "BM25_COSINE,13,1,0,100",
        "COUNT,7,2,3,7",
        "COSINE,8,2,3,7",
        "JACCARD,9,2,3,7",
        "LLR,10,2,3,7",
        "CONDITIONAL,11,2,3,7",
        "RP3BETA,12,2,3,7",
        "BM25_COSINE,14,2,3,7"
    })
    void everyFormulaAgreesWithASlowReference(
            Similarity similarity, long seed, int support, double shrinkage, int neighbours) throws IOException {
        CoocSettings settings = CoocSettings.of(similarity)
                .withMinSupport(support)
                .withShrinkage(shrinkage)
                .withNeighbours(neighbours);
        List<Event> events = Sessions.random(seed, 250, 60);
        SlowCooc reference = new SlowCooc(events, settings);

        Table table = Table.open(write(events, settings, 2));

        for (String item : reference.items()) {
            assertSameScores(reference.row(item), table.row(item));
        }
    }

    @ParameterizedTest(name = "{0}, decay {2}, steps {3}, half-life {4} s")
    @CsvSource({
        "COUNT,31,0.8,10,900", "COSINE,32,0.8,3,900", "JACCARD,33,0.8,3,100000", "LLR,34,0.9,5,900",
        "CONDITIONAL,35,0.7,4,900", "RP3BETA,36,0.8,10,900", "COSINE,37,1,1000,300", "RP3BETA,38,1,2,5000"
    })
    void weightsByDistanceAndAgeAgreeWithASlowReference(
            Similarity similarity, long seed, double decay, int steps, long halfLifeSeconds) throws IOException {
        PairWeights weights = new PairWeights(decay, steps, Optional.of(Duration.ofSeconds(halfLifeSeconds)));
        CoocSettings settings = CoocSettings.of(similarity).withWeights(weights);
        List<Event> events = Sessions.random(seed, 90, 30);
        SlowCooc reference = new SlowCooc(events, settings);

        Table table = Table.open(write(events, settings, 2));

        for (String item : reference.items()) {
            assertSameScores(reference.row(item), table.row(item));
        }
    }

    /** By rank, for scores that differ in their last bits may stand in another order. */
    private static void assertSameScores(List<Map.Entry<String, Double>> expected, List<ScoredItem> row) {
        assertThat(row).hasSameSizeAs(expected);
        for (int i = 0; i < row.size(); i++) {
            double score = expected.get(i).getValue();
            assertThat((double) row.get(i).score()).isCloseTo(score, within(1e-6 * Math.max(1, score)));
        }
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void neitherTheOrderOfEventsNorTheNumberOfThreadsChangesAByte(Similarity similarity) throws IOException {
        List<Event> events = Sessions.random(20, 2_000, 900);
        List<Event> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, new Random(21));
        CoocSettings settings = CoocSettings.of(similarity);

        Path one = write(events, settings, 1);
        Path four = write(shuffled, settings, 4);

        assertThat(Files.mismatch(one, four)).isEqualTo(-1);
    }

    @Test
    void equalScoresAreOrderedByIdAlsoWhereTheRowIsCut() throws IOException {
        List<Event> events = List.of(
                inSession(1, "s", "x"),
                inSession(2, "s", "c"),
                inSession(3, "s", "a"),
                inSession(4, "s", "d"),
                inSession(5, "s", "b"));

        Table table = Table.open(write(events, CoocSettings.of(Similarity.COUNT).withNeighbours(3), 1));

        assertThat(table.row("x")).extracting(ScoredItem::itemId).containsExactly("a", "b", "c");
    }

    @Test
    void everyItemIsInTheTableAndOneWithoutCompanyHasNoNeighbour() throws IOException {
        List<Event> events = List.of(inSession(1, "s", "alone"), inSession(2, "t", "a"), inSession(3, "t", "b"));

        Table table = Table.open(write(events, CoocSettings.of(Similarity.RP3BETA), 1));

        assertThat(table.itemCount()).isEqualTo(3);
        assertThat(table.row("alone")).isEmpty();
        assertThat(table.filledRows()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY})
    void settingsThatAreNoNumbersAreRefused(double value) {
        CoocSettings settings = CoocSettings.of(Similarity.RP3BETA);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withShrinkage(value))
                .withMessageContaining("shrinkage");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withExponents(value, 0))
                .withMessageContaining("alpha");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withExponents(0, value))
                .withMessageContaining("beta");
    }

    @Test
    void similaritiesAreFoundByName() {
        assertThat(Similarity.named("Jaccard")).isEqualTo(Similarity.JACCARD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Similarity.named("pearson"))
                .withMessageContaining("count, cosine, jaccard, llr, conditional, rp3beta, bm25-cosine");
    }

    private Path write(List<Event> list, CoocSettings settings, int threads) throws IOException {
        Events events = Sessions.events(list);
        Path file = folder.resolve("t" + tables++);
        try (TableWriter table = TableWriter.create(file, INFO, TableForm.EXACT, RowKeys.ITEMS)) {
            Baskets baskets = Baskets.of(events, SessionSettings.DEFAULT);
            new CoocSignal(settings, threads, ProgressListener.NONE).write(events, baskets, table);
            table.finish();
        }
        return file;
    }
}
