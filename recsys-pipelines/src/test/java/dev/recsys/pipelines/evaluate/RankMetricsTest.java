package dev.recsys.pipelines.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Four targets, of which three are found, at ranks 1, 4 and 12; every expected value is computed by hand. */
class RankMetricsTest {
    private static final long[] RANKS = {1, 4, 12};
    private static final int TARGETS = 4;

    @Test
    void recallIsTheShareOfTheTargetsThatAreAmongTheFirstK() {
        assertThat(RankMetrics.recall(RANKS, TARGETS, 3)).isEqualTo(0.25);
        assertThat(RankMetrics.recall(RANKS, TARGETS, 4)).isEqualTo(0.5);
        assertThat(RankMetrics.recall(RANKS, TARGETS, 1_000)).isEqualTo(0.75);
        assertThat(RankMetrics.recall(new long[0], 1, 10)).isZero();
    }

    @Test
    void precisionIsTheShareOfTheFirstKThatAreTargets() {
        assertThat(RankMetrics.precision(RANKS, 1)).isEqualTo(1);
        assertThat(RankMetrics.precision(RANKS, 4)).isEqualTo(0.5);
        assertThat(RankMetrics.precision(RANKS, 10)).isEqualTo(0.2);
    }

    @Test
    void hitRateAsksForOneTarget() {
        assertThat(RankMetrics.hitRate(RANKS, 1)).isEqualTo(1);
        assertThat(RankMetrics.hitRate(new long[] {4}, 3)).isZero();
        assertThat(RankMetrics.hitRate(new long[] {4}, 4)).isEqualTo(1);
    }

    @Test
    void averagePrecisionSumsThePrecisionsAtTheHits() {
        assertThat(RankMetrics.averagePrecision(RANKS, TARGETS, 10)).isEqualTo((1.0 + 2.0 / 4) / 4); // 0.375
        assertThat(RankMetrics.averagePrecision(RANKS, TARGETS, 2))
                .isEqualTo(1.0 / 2); // two ranks have two hits at most
        assertThat(RankMetrics.averagePrecision(new long[] {1, 2}, 2, 10)).isEqualTo(1);
    }

    @Test
    void reciprocalRankIsThatOfTheFirstTarget() {
        assertThat(RankMetrics.reciprocalRank(RANKS)).isEqualTo(1);
        assertThat(RankMetrics.reciprocalRank(new long[] {8, 9})).isEqualTo(0.125);
        assertThat(RankMetrics.reciprocalRank(new long[0])).isZero();
    }

    @Test
    void theIdealOfNdcgIsCutAtKAndThatOfTheFullVariantIsNot() {
        double gain = 1 + 0.43067655807339306; // 1 / log2(2) + 1 / log2(5)
        double idealOfThree = 1 + 0.6309297535714575 + 0.5;
        double idealOfFour = idealOfThree + 0.43067655807339306;

        assertThat(RankMetrics.ndcg(RANKS, TARGETS, 10)).isCloseTo(gain / idealOfFour, within(1e-15));
        assertThat(RankMetrics.ndcg(RANKS, TARGETS, 3)).isCloseTo(1 / idealOfThree, within(1e-15));
        assertThat(RankMetrics.ndcgFull(RANKS, TARGETS, 3)).isCloseTo(1 / idealOfFour, within(1e-15));
        assertThat(RankMetrics.ndcg(new long[] {1, 2, 3}, 3, 3)).isEqualTo(1);
    }
}
