package dev.recsys.benchmarks;

import dev.recsys.RecommendationRequest;
import dev.recsys.RecommendedItem;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.publish.Build;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.store.fs.FileBlobStore;
import dev.recsys.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a full request takes against the bound, which is to read the same rows of neighbours and to add the scores up by item, and
 * against the same ranking on string maps and over Hollow. {@code FOLDER} must not exist. All answers are checked equal before anything is timed.
 */
public final class ServingTable implements AutoCloseable {
    private static final int ROUNDS = 9;
    private static final int MOST_ITEMS_FOR_HOLLOW = 200_000; // whose builder keeps all records as objects

    private final ServingShop shop;
    private final FileBlobStore store;
    private final EmbeddedRecommender recommender;
    private final Table cooc;
    private final StringMapRanking maps;
    private final Optional<HollowRanking> hollow;
    private final Map<String, String> categories = new HashMap<>();
    private final List<RecommendationRequest> requests;
    private int exposed;

    /**
     * Ships a shop and checks that recsys and string maps give equal answers to every visitor.
     *
     * @throws IllegalStateException if they do not
     */
    ServingTable(Path folder, int items) throws IOException {
        SyntheticShop synthetic = new SyntheticShop(items, ServingShop.NEIGHBOURS);
        Build build = synthetic.write(folder.resolve("build"));
        this.shop = new ServingShop(synthetic, items);
        this.store = FileBlobStore.create(folder.resolve("store"));
        ManifestPublisher.open(store, "benchmark")
                .ship(ShipRequest.of(SyntheticShop.SCOPE, build, "benchmark").createSurface());
        InMemoryControls controls = InMemoryControls.create();
        controls.putConfig(SyntheticShop.SCOPE, shop.config());
        controls.putRules(SyntheticShop.SCOPE, shop.rules());
        controls.putItems(SyntheticShop.SCOPE.tenant(), shop.attributes());
        this.recommender = EmbeddedRecommender.builder(store)
                .controls(controls)
                .eventSink(exposure -> exposed += exposure.recentItems().size())
                .refreshInterval(Duration.ofDays(1))
                .build();
        recommender.preload(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface(), Duration.ofMinutes(5));
        this.cooc = RecommendWork.table(build, ArtifactType.COOC);
        this.maps = new StringMapRanking(cooc, RecommendWork.table(build, ArtifactType.POPULARITY));
        for (int item = 0; item < items; item++) {
            categories.put(SyntheticShop.id(item), ServingShop.category(item));
        }
        this.hollow = items > MOST_ITEMS_FOR_HOLLOW ? Optional.empty() : Optional.of(hollow(folder, build));
        this.requests =
                IntStream.range(0, shop.visitors()).mapToObj(shop::request).toList();
        requireEqualAnswers();
    }

    /** Measures: {@code FOLDER [ITEMS]}. */
    public static void main(String[] arguments) throws IOException {
        int items = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        try (ServingTable table = new ServingTable(Path.of(arguments[0]), items)) {
            System.out.print(table.measured(ROUNDS, 20_000));
        }
    }

    /** Returns the table. */
    String measured(int rounds, int times) {
        Rounds work = new Rounds(rounds);
        Contender bound = new Bound(cooc, shop);
        Contender recsys = contender("recsys", this::recsys);
        List<Rounds.Entry> entries = new ArrayList<>();
        entries.add(new Rounds.Entry(bound, times));
        entries.add(new Rounds.Entry(recsys, times));
        hollow.ifPresent(ranking -> entries.add(new Rounds.Entry(
                contender("Hollow, and arrays by its numbers", visitor -> hollow(ranking, visitor)),
                Math.max(1, times / 2))));
        entries.add(new Rounds.Entry(contender("string maps", this::stringMaps), Math.max(1, times / 10)));
        entries.add(besideItself("bound, another thread does the same", bound, new Bound(cooc, shop), times));
        entries.add(besideItself("recsys, another thread does the same", recsys, recsys, times));
        return work.table(work.measure(entries));
    }

    private static Rounds.Entry besideItself(String name, Contender one, Contender other, int times) {
        return new Rounds.Entry(
                new Contender() {
                    @Override
                    public String name() {
                        return name;
                    }

                    @Override
                    public int run(int input) {
                        return one.run(input);
                    }
                },
                times,
                Optional.of(other));
    }

    private HollowRanking hollow(Path folder, Build build) throws IOException {
        Path file = folder.resolve("neighbours.hollow");
        new HollowForm("Hollow", false).write(cooc, file);
        return new HollowRanking(file, RecommendWork.table(build, ArtifactType.POPULARITY), categories);
    }

    private List<RecommendedItem> hollow(HollowRanking ranking, int visitor) {
        return ranking.recommend(shop.recent(visitor), shop.seen(visitor), shop.blocked());
    }

    private interface Answering {
        List<RecommendedItem> answer(int visitor);
    }

    private Contender contender(String name, Answering answering) {
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int run(int input) {
                List<RecommendedItem> items = answering.answer(input % requests.size());
                return items.get(items.size() - 1).itemId().length();
            }
        };
    }

    private List<RecommendedItem> recsys(int visitor) {
        return recommender.recommend(requests.get(visitor)).items();
    }

    private List<RecommendedItem> stringMaps(int visitor) {
        Set<String> left = new HashSet<>(shop.seen(visitor));
        left.addAll(shop.blocked());
        Map<String, Integer> taken = new HashMap<>();
        return maps.recommend(
                shop.recent(visitor),
                left,
                item -> {
                    String category = categories.getOrDefault(item, "");
                    boolean isAdmitted = taken.getOrDefault(category, 0) < ServingShop.MOST_OF_A_CATEGORY;
                    if (isAdmitted) {
                        taken.merge(category, 1, Integer::sum);
                    }
                    return isAdmitted;
                },
                ServingShop.K);
    }

    private void requireEqualAnswers() {
        for (int visitor = 0; visitor < shop.visitors(); visitor++) {
            List<RecommendedItem> mine = recsys(visitor);
            List<RecommendedItem> theirs = stringMaps(visitor);
            if (mine.size() != ServingShop.K || !mine.equals(theirs)) {
                throw new IllegalStateException(
                        "visitor " + visitor + " gets " + mine + " from recsys and " + theirs + " from string maps");
            }
            if (hollow.isPresent() && !hollow(hollow.get(), visitor).equals(theirs)) {
                throw new IllegalStateException("visitor " + visitor + " gets another list from Hollow");
            }
        }
    }

    @Override
    public void close() {
        recommender.close();
        store.close();
    }

    /** Reads the rows of a visitor's recent items, whose numbers are known, in the packed form, and adds each score to its item's. */
    private static final class Bound implements Contender {
        private final int[] sums; // [item]
        private final int[] entries; // item and an 8-bit score
        private final int[] ends; // [row]
        private final int[][] recent; // [visitor]

        Bound(Table cooc, ServingShop shop) {
            this.sums = new int[cooc.itemCount()];
            this.entries = new int[cooc.entryCount()];
            this.ends = new int[cooc.rowCount()];
            int end = 0;
            for (int row = 0; row < ends.length; row++) {
                int start = cooc.rowStart(row);
                for (int position = start; position < cooc.rowEnd(row); position++) {
                    float share = cooc.score(row, position) / cooc.score(row, start);
                    entries[end++] = cooc.item(position) << 8 | Math.round(share * 255);
                }
                ends[row] = end;
            }
            this.recent = IntStream.range(0, shop.visitors())
                    .mapToObj(visitor ->
                            shop.recent(visitor).stream().mapToInt(cooc::rowOf).toArray())
                    .toArray(int[][]::new);
        }

        @Override
        public String name() {
            return "bound: the same rows added up by item";
        }

        @Override
        public int run(int input) {
            int[] rows = recent[input % recent.length];
            for (int row : rows) {
                for (int position = row == 0 ? 0 : ends[row - 1]; position < ends[row]; position++) {
                    sums[entries[position] >>> 8] += entries[position] & 0xff;
                }
            }
            return sums[rows[0]];
        }
    }
}
