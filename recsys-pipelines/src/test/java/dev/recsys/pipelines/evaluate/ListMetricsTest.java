package dev.recsys.pipelines.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ListMetricsTest {
    @Test
    void coverageIsTheShareOfTheItemsThatAnyListHas() {
        assertThat(ListMetrics.coverage(new long[] {0, 3, 0, 1})).isEqualTo(0.5);
        assertThat(ListMetrics.coverage(new long[0])).isZero();
    }

    @Test
    void giniIsZeroWhereAllAreAlikeAndNearlyOneWhereOneHasAll() {
        assertThat(ListMetrics.gini(new long[] {5, 5, 5, 5})).isZero();
        assertThat(ListMetrics.gini(new long[] {0, 0, 0, 8})).isEqualTo(0.75); // 1 - 1 / n
        assertThat(ListMetrics.gini(new long[] {1, 3})).isEqualTo(0.25); // (-1 * 1 + 1 * 3) / (2 * 4)
        assertThat(ListMetrics.gini(new long[] {3, 1})).isEqualTo(0.25);
        assertThat(ListMetrics.gini(new long[] {0, 0})).isZero();
    }

    @Test
    void noveltyIsTheMeanOfBitsAndAnItemThatNobodyHadCountsAsIfOneHad() {
        int[] takers = {8, 2, 0};

        assertThat(ListMetrics.novelty(new int[] {0, 1}, 2, takers, 8)).isCloseTo((0 + 2) / 2.0, within(1e-15));
        assertThat(ListMetrics.novelty(new int[] {2, 0}, 1, takers, 8)).isCloseTo(3, within(1e-15));
    }

    @Test
    void diversityIsTheMeanOverPairsOfWhatTheirLabelsDoNotShare() {
        int[][] labels = {{1, 2}, {2, 3}, {1, 2}, {}};

        assertThat(ListMetrics.diversity(new int[] {0, 2}, 2, labels)).isZero();
        assertThat(ListMetrics.diversity(new int[] {0, 1}, 2, labels)).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(ListMetrics.diversity(new int[] {0, 1, 2}, 3, labels))
                .isCloseTo((2.0 / 3 + 0 + 2.0 / 3) / 3, within(1e-15));
        assertThat(ListMetrics.diversity(new int[] {0, 3, 3}, 3, labels)).isEqualTo(1);
    }
}
