package dev.recsys.pipelines.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.events.Event;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.ContentSettings.Field;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableInfo;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentSignalTest {
    private static final TableInfo INFO = new TableInfo(new Scope("acme", "home"), ArtifactType.CONTENT_SIM, "sku");

    @TempDir
    Path folder;

    private int tables;

    @ParameterizedTest(name = "{0}, seed {1}, b {2}")
    @CsvSource({"TFIDF,1,0", "BM25,2,0.75", "BM25,3,0"})
    void cosinesAgreeWithASlowReferenceAndOrderAndThreadsChangeNoByte(ContentWeighting weighting, long seed, double b)
            throws IOException {
        List<ItemAttributes> items = randomItems(seed, 150);
        ContentSettings settings =
                ContentSettings.DEFAULT.withWeighting(weighting).with("b", b).with("tag", 2);
        List<Event> events = Sessions.random(seed, 50, 100);

        Path file = write(items, events, settings, 1);
        Collections.shuffle(items, new Random(seed));
        assertThat(Files.mismatch(file, write(items, events, settings, 3))).isEqualTo(-1);

        Table table = Table.open(file);
        assertThat(table.itemCount()).isEqualTo(150);
        Map<String, Map<String, Double>> vectors = slowVectors(items, settings);
        for (ItemAttributes item : items) {
            Map<String, Double> row = new TreeMap<>();
            table.row(item.itemId()).forEach(entry -> row.put(entry.itemId(), (double) entry.score()));
            Map<String, Double> expected = slowRow(item.itemId(), vectors);
            assertThat(row.size()).isEqualTo(Math.min(100, expected.size()));
            row.forEach(
                    (other, score) -> assertThat(score).isCloseTo(expected.getOrDefault(other, -1.0), within(1e-6)));
        }
    }

    @Test
    void itemsThatNobodyTouchedHaveRows() throws IOException {
        List<ItemAttributes> items = List.of(
                ItemAttributes.of("new").withTags(List.of("red")),
                ItemAttributes.of("old").withTags(List.of("red")),
                ItemAttributes.of("blank"));

        Table table = Table.open(write(items, List.of(Sessions.ofUser(1, "u", "old")), ContentSettings.DEFAULT, 1));

        assertThat(table.row("new")).containsExactly(new ScoredItem("old", 1));
        assertThat(table.row("old")).containsExactly(new ScoredItem("new", 1));
        assertThat(table.row("blank")).isEmpty();
        assertThat(table.itemCount()).isEqualTo(3);
    }

    @Test
    void aFeatureThatManyItemsShareIsCutByEventsAndNotByTheAlphabet() throws IOException {
        List<ItemAttributes> items = new ArrayList<>();
        for (String id : List.of("a", "b", "c", "x", "y", "z")) {
            items.add(ItemAttributes.of(id).withTags(List.of("all")));
        }
        List<Event> events =
                List.of(Sessions.ofUser(1, "u", "z"), Sessions.ofUser(2, "u", "z"), Sessions.ofUser(3, "u", "y"));

        Table table = Table.open(write(items, events, ContentSettings.DEFAULT.with("max-postings", 2), 1));

        for (String id : List.of("a", "b", "c", "x")) {
            assertThat(table.row(id)).containsExactly(new ScoredItem("y", 1), new ScoredItem("z", 1));
        }
        assertThat(table.row("z")).containsExactly(new ScoredItem("y", 1));
    }

    @Test
    void pricesAreTheMoreAlikeTheCloserTheyAre() throws IOException {
        List<ItemAttributes> items = List.of(
                ItemAttributes.of("p100").withPrice(100),
                ItemAttributes.of("p101").withPrice(101),
                ItemAttributes.of("p120").withPrice(120),
                ItemAttributes.of("p500").withPrice(500),
                ItemAttributes.of("free").withPrice(0),
                ItemAttributes.of("gift").withPrice(0));

        Table table = Table.open(write(items, List.of(), ContentSettings.DEFAULT, 1));

        assertThat(table.row("p100")).extracting(ScoredItem::itemId).containsExactly("p101", "p120");
        assertThat(table.row("free")).containsExactly(new ScoredItem("gift", 1));
    }

    @Test
    void constantsThatMakeNoSenseAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContentSettings.DEFAULT.with("price-step", 1))
                .withMessageContaining("price-step");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContentSettings.DEFAULT.with("tag", Double.NaN))
                .withMessageContaining("TAG");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContentSettings.DEFAULT.with("colour", 1))
                .withMessageContaining("max-postings");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContentWeighting.named("lda"))
                .withMessageContaining("tfidf, bm25");
    }

    private static Map<String, Double> slowRow(String item, Map<String, Map<String, Double>> vectors) {
        Map<String, Double> own = vectors.getOrDefault(item, Map.of());
        Map<String, Double> row = new TreeMap<>();
        vectors.forEach((other, vector) -> {
            double product = 0;
            for (String feature : vector.keySet()) {
                product += vector.getOrDefault(feature, 0.0) * own.getOrDefault(feature, 0.0);
            }
            if (product > 0 && !other.equals(item)) {
                row.put(other, product / length(own) / length(vector));
            }
        });
        return row;
    }

    private static double length(Map<String, Double> vector) {
        return Math.sqrt(vector.values().stream().mapToDouble(w -> w * w).sum());
    }

    /** Item, feature, weight; features by name, written anew. */
    private static Map<String, Map<String, Double>> slowVectors(List<ItemAttributes> items, ContentSettings settings) {
        Map<String, Map<String, Double>> vectors = new TreeMap<>();
        for (ItemAttributes item : items) {
            Map<String, Double> degrees = new TreeMap<>();
            item.brand().ifPresent(brand -> degrees.put("BRAND " + brand, 1.0));
            item.categories().forEach(category -> degrees.put("CATEGORY " + category, 1.0));
            item.tags().forEach(tag -> degrees.put("TAG " + tag, 1.0));
            item.price().ifPresent(price -> {
                for (int step = -20; step < 40; step++) {
                    double distance = Math.abs(Math.log(price) / Math.log(settings.priceStep()) - step);
                    if (distance < 1) {
                        degrees.put("PRICE " + step, 1 - distance);
                    }
                }
            });
            vectors.put(item.itemId(), degrees);
        }
        Map<String, Double> having = new TreeMap<>();
        Map<String, List<Double>> lengths = new TreeMap<>();
        vectors.values().forEach(vector -> {
            vector.keySet().forEach(feature -> having.merge(feature, 1.0, Double::sum));
            fieldLengths(vector)
                    .forEach((field, length) -> lengths.computeIfAbsent(field, key -> new ArrayList<>())
                            .add(length));
        });
        double n = items.size();
        vectors.values().forEach(vector -> {
            Map<String, Double> own = fieldLengths(vector);
            vector.replaceAll((feature, degree) -> {
                String field = field(feature);
                double df = having.getOrDefault(feature, 0.0);
                double x = degree * settings.weightOf(Field.valueOf(field));
                if (settings.weighting() == ContentWeighting.TFIDF) {
                    return x * Math.log(1 + n / df);
                }
                double mean = lengths.getOrDefault(field, List.of()).stream()
                        .mapToDouble(length -> length)
                        .average()
                        .orElseThrow();
                double b = settings.bm25().b();
                double tf = x / (1 - b + b * own.getOrDefault(field, 0.0) / mean);
                double idf = Math.log(1 + (n - df + 0.5) / (df + 0.5));
                return idf * tf * (settings.bm25().k1() + 1) / (settings.bm25().k1() + tf);
            });
        });
        return vectors;
    }

    private static Map<String, Double> fieldLengths(Map<String, Double> vector) {
        Map<String, Double> lengths = new TreeMap<>();
        vector.forEach((feature, degree) -> lengths.merge(field(feature), degree, Double::sum));
        return lengths;
    }

    private static String field(String feature) {
        return feature.substring(0, feature.indexOf(' '));
    }

    private static List<ItemAttributes> randomItems(long seed, int count) {
        Random random = new Random(seed);
        List<ItemAttributes> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ItemAttributes item = ItemAttributes.of("i" + i);
            item = random.nextInt(3) == 0 ? item : item.withBrand("b" + random.nextInt(8));
            item = random.nextInt(4) == 0 ? item : item.withPrice(random.nextInt(1, 900) / 7.0);
            item = item.withCategories(labels(random, "c", 3, 6)).withTags(labels(random, "t", 8, 40));
            items.add(item);
        }
        return items;
    }

    private static Set<String> labels(Random random, String prefix, int most, int names) {
        Set<String> labels = new TreeSet<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            labels.add(prefix + random.nextInt(names));
        }
        return labels;
    }

    private Path write(List<ItemAttributes> items, List<Event> events, ContentSettings settings, int threads)
            throws IOException {
        Path file = folder.resolve("t" + tables++);
        try (TableWriter table = TableWriter.create(file, INFO, TableForm.EXACT, RowKeys.ITEMS)) {
            new ContentSignal(settings, threads, ProgressListener.NONE).write(items, Sessions.events(events), table);
            table.finish();
        }
        return file;
    }
}
