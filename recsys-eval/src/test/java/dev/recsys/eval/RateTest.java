package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RateTest {
    private static final int SIMULATIONS = 2_000;

    @Test
    void theIntervalSolvesTheEquationOfTheScore() {
        Rate rate = new Rate(69, 10_000);

        for (double end : new double[] {rate.interval().low(), rate.interval().high()}) {
            double score = (rate.value() - end) / Math.sqrt(end * (1 - end) / 10_000);
            assertThat(Math.abs(score)).isCloseTo(Interval.Z, within(1e-9));
        }
    }

    @Test
    void noneAndAllHaveAnIntervalThatStaysInsideZeroToOne() {
        Interval none = new Rate(0, 10).interval();
        Interval all = new Rate(10, 10).interval();

        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.2775, within(5e-5)); // z^2 / (n + z^2)
        assertThat(all.low()).isCloseTo(0.7225, within(5e-5));
        assertThat(all.high()).isEqualTo(1);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new Rate(0, 0)).hasMessageContaining("trials is 0");
        assertThatThrownBy(() -> new Rate(-1, 5)).hasMessageContaining("successes is -1");
        assertThatThrownBy(() -> new Rate(6, 5)).hasMessageContaining("successes are 6");
        assertThatThrownBy(() -> Moments.of(1, Double.NaN)).hasMessageContaining("value 1 is NaN");
        assertThatThrownBy(() -> Moments.of(1)).hasMessageContaining("number of values is 1");
    }

    @Test
    void ofAHundredIntervalsOfARateNinetyFiveHoldIt() {
        Random random = new Random(1927);
        int held = 0;
        for (int i = 0; i < SIMULATIONS; i++) {
            held += rate(random, 0.07, 800).interval().contains(0.07) ? 1 : 0;
        }

        assertThat((double) held / SIMULATIONS).isBetween(0.93, 0.97);
    }

    @Test
    void ofAHundredIntervalsOfADifferenceNinetyFiveHoldIt() {
        Random random = new Random(1947);
        int rates = 0;
        int means = 0;
        for (int i = 0; i < SIMULATIONS; i++) {
            Estimate ofRates = Difference.ofRates(rate(random, 0.09, 900), rate(random, 0.06, 500));
            Estimate ofMeans =
                    Difference.ofMeans(Moments.of(normal(random, 2, 5, 8)), Moments.of(normal(random, 1, 1, 40)));
            rates += ofRates.interval().contains(0.03) ? 1 : 0;
            means += ofMeans.interval().contains(1) ? 1 : 0;
        }

        assertThat((double) rates / SIMULATIONS).isBetween(0.93, 0.97);
        assertThat((double) means / SIMULATIONS).isBetween(0.93, 0.97);
    }

    @Test
    void aDifferenceOfMeansIsThatOfWelch() {
        // variances 2.5 and 10, five values each: error sqrt(2.5), degrees of freedom 12.5^2 / ((2.5^2 + 10^2) / 4)
        Estimate difference = Difference.ofMeans(Moments.of(1, 2, 3, 4, 5), Moments.of(2, 4, 6, 8, 10));

        assertThat(difference.value()).isEqualTo(-3);
        double half = SpecialFunctions.studentQuantile(156.25 / 106.25 * 4) * Math.sqrt(2.5);
        assertThat(difference.interval().high()).isCloseTo(-3 + half, within(1e-9));
    }

    @Test
    void sumsKeepWhatPlainAdditionLoses() {
        Sum sum = new Sum();
        for (double value : new double[] {1, 1e100, 1, -1e100}) {
            sum.add(value);
        }

        assertThat(sum.value()).isEqualTo(2);
    }

    private static Rate rate(Random random, double rate, int trials) {
        return new Rate(random.doubles(trials).filter(value -> value < rate).count(), trials);
    }

    private static double[] normal(Random random, double mean, double deviation, int count) {
        return random.doubles(count)
                .map(unused -> mean + deviation * random.nextGaussian())
                .toArray();
    }
}
