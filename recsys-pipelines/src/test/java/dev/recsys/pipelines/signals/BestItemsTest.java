package dev.recsys.pipelines.signals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BestItemsTest {
    /** Few different scores, so that many tie; rows shorter and longer than what is collected before a selection. */
    @ParameterizedTest(name = "seed {0}, {1} items, {2} scores, {3} kept")
    @CsvSource({
        "1,50,5,100",
        "2,100,3,100",
        "3,399,7,100",
        "4,401,2,100",
        "5,5000,40,100",
        "6,3000,1,7",
        "7,9000,9000,1"
    })
    void theBestOfARowAreThoseOfSortingItAll(long seed, int items, int scores, int kept) {
        Random random = new Random(seed);
        IdOrder ids = new IdOrder(IntStream.range(0, items)
                .boxed()
                .sorted(Comparator.comparingInt(item -> (int) (item * 7919L % 10_007)))
                .mapToInt(Integer::intValue)
                .toArray());
        float[] scoreOf = new float[items];
        BestItems best = new BestItems(ids, kept);
        best.offer(0, 9);
        best.drain(0); // what was there before must not matter
        for (int item = 0; item < items; item++) {
            scoreOf[item] = (1 + random.nextInt(scores)) / 8f;
            best.offer(item, scoreOf[item]);
        }

        NeighbourRow row = best.drain(0).orElseThrow();

        List<Integer> expected = IntStream.range(0, items)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(item -> -scoreOf[item])
                        .thenComparingInt(ids::rank))
                .limit(kept)
                .toList();
        assertThat(row.neighbours())
                .containsExactly(expected.stream().mapToInt(Integer::intValue).toArray());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(row.scores()[i]).isEqualTo(scoreOf[expected.get(i)]);
        }
    }
}
