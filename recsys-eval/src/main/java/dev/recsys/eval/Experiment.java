package dev.recsys.eval;

import java.util.List;
import java.util.Locale;

/**
 * Two arms, compared in the order in which they may be: the sample ratio first, then the effect.
 *
 * @param sampleRatio whether the arms have their planned shares
 * @param effect the mean outcome of the treatment less that of the control
 * @param cuped the same with what was known before; narrower where that says something
 * @param verdict what may be said, by CUPED; refused where the sample ratio is a mismatch
 */
public record Experiment(SampleRatio sampleRatio, Estimate effect, Cuped cuped, Verdict verdict) {
    /**
     * Compares two arms.
     *
     * @param treatmentShare the planned share of the treatment
     * @throws IllegalArgumentException unless the share is above 0 and below 1
     */
    public static Experiment of(Arm control, Arm treatment, double treatmentShare) {
        if (!(treatmentShare > 0 && treatmentShare < 1)) {
            throw new IllegalArgumentException(
                    "the share of the treatment is " + treatmentShare + "; expected above 0 and below 1");
        }
        SampleRatio ratio = SampleRatio.of(
                List.of((long) control.units(), (long) treatment.units()), List.of(1 - treatmentShare, treatmentShare));
        Cuped cuped = Cuped.of(control, treatment);
        List<Refusal> refusals = ratio.isMismatch()
                ? List.of(new Refusal(
                        Refusal.Reason.SAMPLE_RATIO,
                        String.format(
                                Locale.ROOT,
                                "the arms have %d and %d units where the treatment's share is %s, which is chance with p"
                                        + " = %.2g; find out which units were lost or counted twice",
                                control.units(),
                                treatment.units(),
                                treatmentShare,
                                ratio.pValue())))
                : List.of();
        return new Experiment(
                ratio,
                Difference.ofMeans(treatment.outcomes(), control.outcomes()),
                cuped,
                Verdict.of(List.of(cuped.effect()), refusals));
    }
}
