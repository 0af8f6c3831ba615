package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExperimentTest {
    /** Outcomes that follow what was before with a slope of 0.8: of a variance of 1, 0.64 was known. */
    private static Arm arm(Random random, int units, double effect) {
        double[] before = new double[units];
        double[] outcomes = new double[units];
        for (int unit = 0; unit < units; unit++) {
            before[unit] = 10 + random.nextGaussian();
            outcomes[unit] = effect + 0.8 * before[unit] + 0.6 * random.nextGaussian();
        }
        return Arm.of(outcomes, before);
    }

    @Test
    void anExactLineIsAdjustedToItsEffectAlone() {
        Arm control = Arm.of(new double[] {2, 4, 6}, new double[] {1, 2, 3});
        Arm treatment = Arm.of(new double[] {5, 7, 9}, new double[] {1, 2, 3});

        Cuped cuped = Cuped.of(control, treatment);

        assertThat(cuped.theta()).isEqualTo(2);
        assertThat(cuped.effect().value()).isEqualTo(3);
        assertThat(cuped.control().mean()).isEqualTo(4);
        assertThat(cuped.treatment().mean()).isEqualTo(7);
        assertThat(cuped.varianceReduction()).isEqualTo(1);
    }

    @Test
    void whatDoesNotVaryAdjustsNothing() {
        Arm control = Arm.of(new double[] {1, 2, 4}, new double[] {5, 5, 5});
        Arm treatment = Arm.of(new double[] {2, 3, 5}, new double[] {5, 5, 5});

        Cuped cuped = Cuped.of(control, treatment);

        assertThat(cuped.theta()).isZero();
        assertThat(cuped.varianceReduction()).isZero();
        assertThat(cuped.effect()).isEqualTo(Difference.ofMeans(treatment.outcomes(), control.outcomes()));
    }

    @Test
    void theVarianceIsLessByTheSquareOfTheCorrelation() {
        Random random = new Random(2013);

        Experiment experiment = Experiment.of(arm(random, 20_000, 0), arm(random, 20_000, 0.05), 0.5);

        assertThat(experiment.cuped().varianceReduction()).isCloseTo(0.64, within(0.01));
        assertThat(experiment.cuped().effect().value()).isCloseTo(0.05, within(0.02));
        assertThat(experiment.verdict().outcome()).isEqualTo(Verdict.Outcome.HIGHER);
    }

    @Test
    void ofAHundredIntervalsNinetyFiveHoldTheEffect() {
        Random random = new Random(95);
        int simulations = 2_000;
        int plain = 0;
        int cuped = 0;
        for (int i = 0; i < simulations; i++) {
            Experiment experiment = Experiment.of(arm(random, 150, 1), arm(random, 150, 1.5), 0.5);
            plain += experiment.effect().interval().contains(0.5) ? 1 : 0;
            cuped += experiment.cuped().effect().interval().contains(0.5) ? 1 : 0;
        }

        assertThat((double) plain / simulations).isBetween(0.93, 0.97);
        assertThat((double) cuped / simulations).isBetween(0.93, 0.97);
    }

    @Test
    void anExperimentThatLostUsersIsNotJudged() {
        Random random = new Random(3);

        Experiment experiment = Experiment.of(arm(random, 5_000, 0), arm(random, 4_600, 1), 0.5);

        assertThat(experiment.verdict().outcome()).isEqualTo(Verdict.Outcome.REFUSED);
        assertThat(experiment.verdict().refusals().get(0).reason()).isEqualTo(Refusal.Reason.SAMPLE_RATIO);
        assertThat(experiment.verdict().refusals().get(0).detail()).contains("5000 and 4600 units", "0.5", "find out");
    }

    @Test
    void theSampleRatioIsThatOfPearson() {
        SampleRatio ratio = SampleRatio.of(List.of(60L, 40L), List.of(1.0, 1.0));

        assertThat(ratio.chiSquare()).isEqualTo(4);
        assertThat(ratio.degreesOfFreedom()).isEqualTo(1);
        assertThat(ratio.pValue()).isCloseTo(0.04550026389635842, within(1e-13));
        assertThat(ratio.isMismatch()).isFalse();
        assertThat(SampleRatio.of(List.of(600L, 400L), List.of(1.0, 1.0)).isMismatch())
                .isTrue();
        assertThat(SampleRatio.of(List.of(90L, 10L), List.of(0.9, 0.1)).pValue())
                .isEqualTo(1);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> SampleRatio.of(List.of(1L), List.of(1.0))).hasMessageContaining("1 counts");
        assertThatThrownBy(() -> SampleRatio.of(List.of(1L, -1L), List.of(1.0, 1.0)))
                .hasMessageContaining("count 1 is -1");
        assertThatThrownBy(() -> SampleRatio.of(List.of(1L, 1L), List.of(1.0, 0.0)))
                .hasMessageContaining("share 1 is 0.0");
        assertThatThrownBy(() -> SampleRatio.of(List.of(0L, 0L), List.of(1.0, 1.0)))
                .hasMessageContaining("sum of counts is 0");
        assertThatThrownBy(() -> Arm.of(new double[2], new double[3])).hasMessageContaining("2 outcomes and 3");
        assertThatThrownBy(() -> Arm.of(new double[] {1, Double.NaN}, new double[2]))
                .hasMessageContaining("value 1 is NaN");
    }
}
