package dev.recsys.benchmarks;

import es.uam.eps.ir.ranksys.fast.index.SimpleFastItemIndex;
import es.uam.eps.ir.ranksys.fast.index.SimpleFastUserIndex;
import es.uam.eps.ir.ranksys.fast.preference.FastPreferenceData;
import es.uam.eps.ir.ranksys.fast.preference.SimpleFastPreferenceData;
import es.uam.eps.ir.ranksys.nn.item.neighborhood.TopKItemNeighborhood;
import es.uam.eps.ir.ranksys.nn.item.sim.SetCosineItemSimilarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.lambda.tuple.Tuple;
import org.jooq.lambda.tuple.Tuple3;
import org.ranksys.core.util.tuples.Tuple2id;

/** The neighbourhoods of RankSys by the cosine of sets; sessions are its users, in memory beforehand. */
final class RankSysBuild implements NeighbourBuild {
    private final FastPreferenceData<Integer, Integer> preferences;
    private final boolean dense;
    private final List<Tuple2id[]> rows = new ArrayList<>(); // [item]

    RankSysBuild(ShopColumns shop, boolean dense) {
        this.dense = dense;
        List<Tuple3<Integer, Integer, Double>> pairs = new ArrayList<>();
        shop.forEachBasket((session, items) -> {
            for (int item : items) {
                pairs.add(Tuple.tuple(session, item, 1.0));
            }
        });
        this.preferences = SimpleFastPreferenceData.load(
                pairs.stream(),
                SimpleFastUserIndex.load(IntStream.range(0, shop.sessionCount()).boxed()),
                SimpleFastItemIndex.load(IntStream.range(0, shop.itemCount()).boxed()));
    }

    @Override
    public void build() {
        var neighbourhood =
                new TopKItemNeighborhood<>(new SetCosineItemSimilarity<>(preferences, 0.5, dense), NEIGHBOURS);
        for (int item = 0; item < preferences.numItems(); item++) {
            rows.add(neighbourhood.getNeighbors(item).toArray(Tuple2id[]::new));
        }
    }

    @Override
    public void rows(RowTaker taker) {
        for (int item = 0; item < rows.size(); item++) {
            Tuple2id[] row = rows.get(item); // a heap
            Arrays.sort(row, Comparator.comparingDouble(entry -> -entry.v2));
            taker.take(
                    ShopColumns.id(item),
                    Arrays.stream(row)
                            .map(entry -> new Neighbour(ShopColumns.id(entry.v1), entry.v2))
                            .toList());
        }
    }
}
