package dev.recsys.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision;
import dev.recsys.artifact.TableCounts;
import dev.recsys.artifact.Window;
import dev.recsys.publish.Builds;
import dev.recsys.store.BlobKey;
import dev.recsys.store.Sha256;
import dev.recsys.table.Catalogue;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableInfo;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told before loading, what is told after it, and what can be counted, over tables of many shapes. */
class MemoryNeedTest {
    private static final Instant NOW = Builds.day(1);
    private static final long SOME_BYTES = 20_000;

    @TempDir
    Path folder;

    private interface Content {
        void write(TableWriter table) throws IOException;
    }

    /** One release's files: as a manifest tells of them, and as they are in memory. */
    private final class Release {
        private final TreeMap<ArtifactType, ArtifactRef> refs = new TreeMap<>();
        private final TreeMap<ArtifactType, Path> files = new TreeMap<>();

        Release with(TableForm form, RowKeys rowKeys, Content content) throws IOException {
            ArtifactType type = new ArtifactType("t" + refs.size());
            Path file = folder.resolve(type + ".rst");
            Files.deleteIfExists(file);
            try (TableWriter table =
                    TableWriter.create(file, new TableInfo(Builds.SCOPE, type, "sku"), form, rowKeys)) {
                content.write(table);
                table.finish();
            }
            refs.put(
                    type,
                    new ArtifactRef(
                            BlobKey.of("a/" + type),
                            Sha256.of(type.name().getBytes(StandardCharsets.UTF_8)),
                            Files.size(file),
                            Table.FORMAT,
                            Table.open(file).coveredItems(),
                            new Window(NOW, NOW.plusSeconds(1)),
                            NOW,
                            Optional.of(Table.open(file).counts())));
            files.put(type, file);
            return this;
        }

        Manifest manifest() {
            return new Manifest(NOW, refs, "sku", new TreeMap<>());
        }

        /** As an earlier version wrote it. */
        Manifest withoutCounts() {
            return counted(Optional.empty());
        }

        /** As if each artifact had these counts. */
        Manifest counted(Optional<TableCounts> counts) {
            TreeMap<ArtifactType, ArtifactRef> others = new TreeMap<>();
            refs.forEach((type, ref) -> others.put(
                    type,
                    new ArtifactRef(
                            ref.key(),
                            ref.sha256(),
                            ref.sizeBytes(),
                            ref.format(),
                            ref.rows(),
                            ref.window(),
                            ref.watermark(),
                            counts)));
            return new Manifest(NOW, others, "sku", new TreeMap<>());
        }

        Snapshot load(boolean mapped) throws IOException {
            return load(Map.of(), mapped);
        }

        Snapshot load(Map<ArtifactType, Table> kept, boolean mapped) throws IOException {
            Map<ArtifactType, Table> tables = new TreeMap<>(kept);
            for (Map.Entry<ArtifactType, Path> file : files.entrySet()) {
                if (!kept.containsKey(file.getKey())) {
                    tables.put(file.getKey(), mapped ? Table.map(file.getValue()) : Table.open(file.getValue()));
                }
            }
            Revision revision = new Revision(
                    new Scope("acme", "home"),
                    1,
                    1,
                    "tx",
                    new Revision.Operation("ship", "test", "test"),
                    1,
                    manifest(),
                    NOW,
                    Optional.empty(),
                    List.of(),
                    true);
            return Snapshot.of(revision, tables);
        }
    }

    private static List<ScoredItem> row(SplittableRandom random, String prefix, int items, int length) {
        Set<Integer> numbers = new LinkedHashSet<>();
        while (numbers.size() < Math.min(length, items)) {
            numbers.add(random.nextInt(items));
        }
        List<ScoredItem> row = new ArrayList<>();
        numbers.forEach(number -> row.add(new ScoredItem(prefix + Integer.toString(number, 36), 1)));
        return row;
    }

    private Release randomRelease(SplittableRandom random) throws IOException {
        Release release = new Release();
        for (int table = random.nextInt(1, 4); table > 0; table--) {
            addRandom(release, random);
        }
        return release;
    }

    private static Release addRandom(Release release, SplittableRandom random) throws IOException {
        int items = 1 << random.nextInt(1, 13);
        String prefix = List.of("", "i", "item-number-", "a-name-as-long-as-some-shops-do-make-them-for-")
                .get(random.nextInt(4));
        RowKeys keys = random.nextBoolean() ? RowKeys.ITEMS : RowKeys.LABELS;
        int rows = keys == RowKeys.ITEMS ? 1 + random.nextInt(items) : random.nextInt(1, 40);
        int length = random.nextInt(1, 40);
        boolean shuffled = random.nextBoolean();
        return release.with(random.nextBoolean() ? TableForm.PACKED : TableForm.EXACT, keys, table -> {
            for (int item = 0; item < items; item++) {
                int number = shuffled ? items - 1 - item : item;
                table.item(prefix + Integer.toString(number, 36));
            }
            for (int row = 0; row < rows; row++) {
                String label = keys == RowKeys.ITEMS ? prefix + Integer.toString(row, 36) : "label" + row;
                table.row(label, row(random, prefix, items, length));
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theNeedIsAnUpperBoundAndNotFarFromIt(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 30; round++) {
            Release release = new Release();
            int tables = random.nextInt(1, 4);
            for (int table = 0; table < tables; table++) {
                addRandom(release, random);
            }
            long real = release.load(false).heapBytes();

            assertThat(MemoryNeed.of(release.manifest(), false))
                    .as("seed %s, round %s, %s tables", seed, round, tables)
                    .isBetween(real, tables == 1 ? real + real / 2 + SOME_BYTES : 5 * real + SOME_BYTES);
            assertThat(MemoryNeed.of(release.withoutCounts(), false))
                    .as("uncounted, seed %s, round %s, %s tables", seed, round, tables)
                    .isBetween(real, (tables == 1 ? 3 : 8) * real + SOME_BYTES);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24})
    void besideTablesThatAreKeptTheNeedIsAnUpperBoundOfWhatComesToIt(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 30; round++) {
            Release release = randomRelease(random);
            boolean mapped = random.nextBoolean();
            Snapshot before = release.load(mapped);
            Map<ArtifactType, Table> kept = new TreeMap<>();
            for (ArtifactType type : release.refs.keySet()) {
                if (random.nextBoolean()) {
                    kept.put(type, table(before, release, type));
                }
            }
            if (random.nextBoolean()) {
                addRandom(release, random);
            }
            List<Object> parts = partsOf(before);
            long earlier = HeapOf.arraysIn(parts);
            Snapshot after = release.load(kept, false);
            parts.addAll(partsOf(after));

            for (Manifest manifest : List.of(release.manifest(), release.withoutCounts())) {
                assertThat(MemoryNeed.of(manifest, kept, false))
                        .as("seed %s, round %s, kept %s of %s", seed, round, kept.keySet(), release.refs.keySet())
                        .isGreaterThanOrEqualTo(HeapOf.arraysIn(parts) - earlier);
            }
        }
    }

    @Test
    void countsThatAFileOfItsLengthCannotHoldAreAsIfThereWereNone() throws IOException {
        Release release = randomRelease(new SplittableRandom(41));
        long most = Integer.MAX_VALUE;
        for (TableCounts forged : List.of(
                new TableCounts(most, 0, 0, 0),
                new TableCounts(0, most, 0, 0),
                new TableCounts(0, 0, most, 0),
                new TableCounts(0, 0, 0, most))) {
            assertThat(MemoryNeed.of(release.counted(Optional.of(forged)), false))
                    .isEqualTo(MemoryNeed.of(release.withoutCounts(), false));
        }
    }

    private static Table table(Snapshot snapshot, Release release, ArtifactType type) {
        return snapshot.tableOf(
                        type, release.manifest().artifact(type).orElseThrow().sha256())
                .orElseThrow();
    }

    private static List<Object> partsOf(Snapshot snapshot) {
        List<Object> parts = new ArrayList<>(List.of(snapshot.tables().catalogue()));
        snapshot.revision()
                .manifest()
                .digests()
                .forEach((type, digest) ->
                        parts.add(snapshot.tableOf(type, digest).orElseThrow()));
        return parts;
    }

    @Test
    void theNeedIsAnUpperBoundForTheWorstTables() throws IOException {
        Release release = new Release()
                .with(TableForm.EXACT, RowKeys.LABELS, table -> manyNames(table, 0))
                .with(TableForm.EXACT, RowKeys.ITEMS, table -> manyNames(table, 1 << 14))
                .with(TableForm.EXACT, RowKeys.LABELS, table -> {
                    for (int label = 0; label < 1 << 14; label++) {
                        table.row(Integer.toString(label, 36), List.of());
                    }
                });

        for (Manifest manifest : List.of(release.manifest(), release.withoutCounts())) {
            assertThat(MemoryNeed.of(manifest, false))
                    .isGreaterThanOrEqualTo(release.load(false).heapBytes());
        }
    }

    /** Tables as they were read, and the snapshot that is made of them: both are there at the end of a load. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33, 34})
    void theNeedIsAnUpperBoundOfWhatIsHeldAtTheEndOfALoad(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 30; round++) {
            Release release = randomRelease(random);
            for (boolean mapped : new boolean[] {false, true}) {
                Map<ArtifactType, Table> read = new TreeMap<>();
                for (Map.Entry<ArtifactType, Path> file : release.files.entrySet()) {
                    read.put(file.getKey(), mapped ? Table.map(file.getValue()) : Table.open(file.getValue()));
                }
                List<Object> held = new ArrayList<>(read.values());
                held.addAll(partsOf(release.load(read, mapped)));

                assertThat(MemoryNeed.of(release.manifest(), mapped))
                        .as("seed %s, round %s, mapped %s", seed, round, mapped)
                        .isGreaterThanOrEqualTo(HeapOf.arraysIn(held));
            }
        }
    }

    /** The case that a bound without counts tells six times too much of: many items that all tables share. */
    @Test
    void theNeedOfTablesThatShareTheirItemsIsAtMostOneAndAHalfTimesWhatTheyTake() throws IOException {
        int items = 20_000;
        SplittableRandom random = new SplittableRandom(5);
        Release release = new Release()
                .with(TableForm.PACKED, RowKeys.ITEMS, table -> {
                    for (int item = 0; item < items; item++) {
                        table.row(
                                Integer.toString(item),
                                row(random, "", items, 100).stream()
                                        .map(entry -> new ScoredItem(
                                                Integer.toString(Integer.parseInt(entry.itemId(), 36)), 1))
                                        .toList());
                    }
                })
                .with(TableForm.EXACT, RowKeys.LABELS, table -> {
                    List<ScoredItem> all = new ArrayList<>();
                    for (int item = 0; item < items; item++) {
                        all.add(new ScoredItem(Integer.toString(item), 1));
                    }
                    table.row("", all);
                });
        long real = release.load(false).heapBytes();

        assertThat(MemoryNeed.of(release.manifest(), false)).isBetween(real, real + real / 2);
        assertThat(MemoryNeed.of(release.withoutCounts(), false)).isGreaterThan(5 * real);
    }

    /** Short names in powers of two, for which an index has the most slots. */
    private static void manyNames(TableWriter table, int from) throws IOException {
        for (int item = 0; item < 1 << 14; item++) {
            table.item(Integer.toString(from + item, 36));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void theNeedOfMappedTablesWithRowsAndOrdinaryNamesIsAnUpperBound(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20; round++) {
            int items = 1 << random.nextInt(8, 12);
            int length = random.nextInt(5, 60);
            Release release = new Release();
            release.with(TableForm.PACKED, RowKeys.ITEMS, table -> {
                for (int row = 0; row < items; row++) {
                    table.row("item-" + Integer.toString(row, 36), row(random, "item-", items, length));
                }
            });
            if (random.nextBoolean()) {
                release.with(
                        TableForm.EXACT,
                        RowKeys.LABELS,
                        table -> table.row("", row(random, "item-", 2 * items, items)));
            }
            for (Manifest manifest : List.of(release.manifest(), release.withoutCounts())) {
                long need = MemoryNeed.of(manifest, true);

                assertThat(need).isGreaterThanOrEqualTo(release.load(true).heapBytes());
                assertThat(need).isLessThanOrEqualTo(MemoryNeed.of(manifest, false));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void heapBytesAreWhatTheArraysTakeThatCanBeReached(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20; round++) {
            Release release = randomRelease(random);
            for (boolean mapped : new boolean[] {false, true}) {
                Snapshot snapshot = release.load(mapped);
                List<Object> parts = new ArrayList<>(List.of(snapshot.tables().catalogue()));
                release.refs.forEach((type, ref) ->
                        parts.add(snapshot.tableOf(type, ref.sha256()).orElseThrow()));

                assertThat(snapshot.heapBytes()).isEqualTo(HeapOf.arraysIn(parts));
            }
        }
    }

    @Test
    void idsThatTablesShareCountOnce() throws IOException {
        Content sameItems = table -> {
            manyNames(table, 0);
            table.row("0", List.of(new ScoredItem("1", 1)));
        };
        Release release = new Release().with(TableForm.PACKED, RowKeys.ITEMS, sameItems);
        Table table = Table.open(release.files.firstEntry().getValue());
        long alone = table.heapBytes();
        long ids = Catalogue.of(List.of(table)).heapBytes(List.of());

        assertThat(release.load(false).heapBytes())
                .as("the catalogue is the table's own ids")
                .isEqualTo(alone);
        assertThat(release.with(TableForm.PACKED, RowKeys.ITEMS, sameItems)
                        .load(false)
                        .heapBytes())
                .as("the second brings its rows and no ids of its own")
                .isEqualTo(2 * alone - ids);
    }
}
