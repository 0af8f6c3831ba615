package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusteredRateTest {
    @Test
    void theDesignEffectIsThatOfAHandComputedRatio() {
        ClusteredRate rate = ClusteredRate.NONE.plus(2, 2).plus(0, 2).plus(1, 4).plus(0, 0);

        // p = 3/8; residuals 2 - .75, 0 - .75, 1 - 1.5 with squares 1.5625 + .5625 + .25 = 2.375
        double variance = 2.375 * 3 / 2 / 64;
        assertThat(rate.clusters()).isEqualTo(3);
        assertThat(rate.value()).isEqualTo(0.375);
        assertThat(rate.designEffect()).isCloseTo(variance / (0.375 * 0.625 / 8), within(1e-12));
    }

    @Test
    void independentTrialsHaveTheIntervalOfWilson() {
        ClusteredRate rate = ClusteredRate.NONE;
        for (int trial = 0; trial < 1_000; trial++) {
            rate = rate.plus(trial % 10 == 0 ? 1 : 0, 1);
        }

        Interval wilson = new Rate(100, 1_000).interval();
        assertThat(rate.estimate().interval().low()).isCloseTo(wilson.low(), within(1e-4));
        assertThat(rate.estimate().interval().high()).isCloseTo(wilson.high(), within(1e-4));
    }

    @Test
    void clustersThatEndAlikeCountAsOneTrialEach() {
        ClusteredRate rate = ClusteredRate.NONE;
        for (int cluster = 0; cluster < 500; cluster++) {
            rate = rate.plus(cluster % 5 == 0 ? 8 : 0, 8);
        }

        assertThat(rate.designEffect()).isCloseTo(8, within(0.02));
        assertThat(ClusteredRate.NONE.plus(0, 10).plus(0, 10).estimate().interval())
                .isEqualTo(new Rate(0, 2).interval());
    }

    @Test
    void ninetyFiveOfHundredIntervalsHoldTheTruthWhereListsDifferSeed7() {
        Random random = new Random(7);
        int held = 0;
        for (int simulation = 0; simulation < 2_000; simulation++) {
            ClusteredRate rate = ClusteredRate.NONE;
            for (int list = 0; list < 300; list++) {
                double chance = random.nextBoolean() ? 0.02 : 0.18; // of this user; 0.1 on the whole
                int items = 10;
                int clicks = 0;
                for (int item = 0; item < items; item++) {
                    clicks += random.nextDouble() < chance ? 1 : 0;
                }
                rate = rate.plus(clicks, items);
            }
            held += rate.estimate().interval().contains(0.1) ? 1 : 0;
        }

        assertThat(held / 2_000.0).isBetween(0.93, 0.97);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> ClusteredRate.NONE.plus(2, 1)).hasMessageContaining("trials is 1");
        assertThatThrownBy(ClusteredRate.NONE::estimate).hasMessageContaining("trials is 0");
    }
}
