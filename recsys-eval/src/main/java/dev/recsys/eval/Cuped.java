package dev.recsys.eval;

/**
 * An effect whose variance is less by what was known before: Deng, Xu, Kohavi, Walker, "Improving the sensitivity of online
 * controlled experiments by utilizing pre-experiment data", WSDM 2013, section 3.2. Outcomes are taken less {@code theta}
 * times what the figure from before is above its mean; as that cannot depend on the arm, the effect stays the same.
 *
 * @param theta the covariance of outcome and figure from before by the variance of the latter, over both arms; 0 if the
 *     figure does not vary
 * @param control the adjusted outcomes of the control
 * @param treatment the adjusted outcomes of the treatment
 * @param varianceReduction by which share the variance of the difference became less; negative if it grew
 */
public record Cuped(double theta, Moments control, Moments treatment, double varianceReduction) {
    /** Adjusts two arms by one theta. */
    public static Cuped of(Arm control, Arm treatment) {
        double meanBefore = meanBefore(control, treatment);
        double theta = theta(control, treatment, meanBefore);
        Moments first = control.adjusted(theta, meanBefore);
        Moments second = treatment.adjusted(theta, meanBefore);
        double plain = error(control.outcomes()) + error(treatment.outcomes());
        double reduction = plain == 0 ? 0 : 1 - (error(first) + error(second)) / plain;
        return new Cuped(theta, first, second, reduction);
    }

    /** Returns the effect with Welch's interval. */
    public Estimate effect() {
        return Difference.ofMeans(treatment, control);
    }

    private static double meanBefore(Arm control, Arm treatment) {
        Sum sum = new Sum();
        for (Arm arm : new Arm[] {control, treatment}) {
            for (int unit = 0; unit < arm.units(); unit++) {
                sum.add(arm.before(unit));
            }
        }
        return sum.value() / ((double) control.units() + treatment.units());
    }

    /** Pools the arms around their own mean outcomes, so that an effect is no covariance. */
    private static double theta(Arm control, Arm treatment, double meanBefore) {
        Sum covariance = new Sum();
        Sum variance = new Sum();
        for (Arm arm : new Arm[] {control, treatment}) {
            double mean = arm.outcomes().mean();
            for (int unit = 0; unit < arm.units(); unit++) {
                double before = arm.before(unit) - meanBefore;
                covariance.add(before * (arm.outcome(unit) - mean));
                variance.add(before * before);
            }
        }
        return variance.value() > 0 ? covariance.value() / variance.value() : 0;
    }

    private static double error(Moments moments) {
        return moments.variance() / moments.count();
    }
}
