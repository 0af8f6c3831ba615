package dev.recsys.pipelines.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.signals.Sessions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacingTest {
    private static final double OUT = Double.NEGATIVE_INFINITY;

    @Test
    void whoIsNoTargetAndHasTheScoreOfOneStandsBeforeIt() {
        double[] scores = {5, 3, 3, 3, OUT, 0};

        assertThat(placing(6).ranks(scores, new int[] {1})).containsExactly(4);
        assertThat(placing(6).ranks(scores, new int[] {1, 2})).containsExactly(3, 4);
        assertThat(placing(6).ranks(scores, new int[] {0, 5})).containsExactly(1, 5);
        assertThat(placing(6).ranks(scores, new int[] {-1, -1})).isEmpty();
    }

    @Test
    void theListHasNoItemWithoutAScoreAndEqualOnesByTheirIds() {
        KnownItems items = items(4);
        double[] scores = {1, 0, 2, 1};
        Placing placing = new Placing(items, 3);

        List<String> list =
                Arrays.stream(placing.list(scores)).mapToObj(items::id).toList();

        List<String> tied = List.of(items.id(0), items.id(3)).stream().sorted().toList();
        assertThat(list).containsExactly(items.id(2), tied.get(0), tied.get(1));
        assertThat(placing.list(new double[] {0, 0, 0, 0})).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void ranksAndListsAreThoseOfASortedCatalogue(long seed) {
        Random random = new Random(seed);
        KnownItems items = items(40);
        for (int round = 0; round < 200; round++) {
            double[] scores =
                    random.doubles(40, 0, 1).map(score -> Math.floor(score * 8)).toArray();
            for (int i = 0; i < 5; i++) {
                scores[random.nextInt(40)] = OUT;
            }
            Set<Integer> targets = random.ints(6, 0, 40)
                    .boxed()
                    .filter(item -> scores[item] != OUT)
                    .collect(Collectors.toSet());
            Placing placing = new Placing(items, 7);

            long[] ranks = placing.ranks(
                    scores, targets.stream().mapToInt(Integer::intValue).toArray());

            assertThat(ranks).containsExactly(slowRanks(scores, targets));
            assertThat(placing.list(scores)).containsExactly(slowList(items, scores, 7));
        }
    }

    private static long[] slowRanks(double[] scores, Set<Integer> targets) {
        List<Integer> order = IntStream.range(0, scores.length)
                .filter(item -> scores[item] != OUT)
                .boxed()
                .sorted(Comparator.comparing((Integer item) -> -scores[item]).thenComparing(targets::contains))
                .toList();
        List<Long> ranks = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            if (targets.contains(order.get(i))) {
                ranks.add(i + 1L);
            }
        }
        return ranks.stream().mapToLong(Long::longValue).toArray();
    }

    private static int[] slowList(KnownItems items, double[] scores, int length) {
        return IntStream.range(0, scores.length)
                .filter(item -> scores[item] > 0)
                .boxed()
                .sorted(Comparator.comparing((Integer item) -> -scores[item]).thenComparing(items::id))
                .limit(length)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Placing placing(int size) {
        return new Placing(items(size), 3);
    }

    private static KnownItems items(int size) {
        Events events = Sessions.events(IntStream.range(0, size)
                .mapToObj(item -> Sessions.inSession(item, "s", "i" + (item * 7 % size)))
                .toList());
        return new KnownItems(events, List.of());
    }
}
