package dev.recsys.pipelines.signals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.pipelines.events.Events;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedPairsTest {
    /** Items of one session up to items of hundreds, more than are read ahead at once. */
    @ParameterizedTest(name = "seed {0}, {1} events, {2} items")
    @CsvSource({"1,20,3", "2,400,10", "3,5000,40", "4,20000,700"})
    void everyPairIsCountedAsAMapOfPairsCountsIt(long seed, int eventCount, int itemCount) {
        Events events = Sessions.events(Sessions.random(seed, eventCount, itemCount));
        Baskets baskets = Baskets.of(events, SessionSettings.DEFAULT);
        Map<Integer, Map<Integer, Integer>> expected = pairs(baskets);
        PairCounts counts = new CountedPairs(MarkedBaskets.of(baskets, events.itemCount()));

        for (int item = 0; item < events.itemCount(); item++) {
            Map<Integer, Integer> found = new HashMap<>();
            int row = item;
            counts.forEach(item, (neighbour, common, share) -> {
                if (neighbour != row) {
                    assertThat(found.put(neighbour, common)).isNull();
                }
            });
            assertThat(found).isEqualTo(expected.getOrDefault(item, Map.of()));
        }
    }

    private static Map<Integer, Map<Integer, Integer>> pairs(Baskets baskets) {
        Map<Integer, Map<Integer, Integer>> pairs = new HashMap<>();
        for (int basket = 0; basket < baskets.count(); basket++) {
            for (int left = baskets.start(basket); left < baskets.end(basket); left++) {
                for (int right = baskets.start(basket); right < baskets.end(basket); right++) {
                    if (left != right) {
                        pairs.computeIfAbsent(baskets.item(left), item -> new HashMap<>())
                                .merge(baskets.item(right), 1, Integer::sum);
                    }
                }
            }
        }
        return pairs;
    }
}
