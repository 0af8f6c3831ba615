package dev.recsys.eval;

/** The mean of a treatment less that of a control. */
public final class Difference {
    private Difference() {}

    /**
     * Returns the difference of two means with Welch's interval, which asks for no equal variances: Welch, "The
     * generalization of Student's problem when several different population variances are involved", Biometrika 34 (1947),
     * with the degrees of freedom of Satterthwaite, Biometrics Bulletin 2 (1946). Two means of no variance have an interval
     * of no width: nothing is known of how they vary.
     */
    public static Estimate ofMeans(Moments treatment, Moments control) {
        double first = treatment.variance() / treatment.count();
        double second = control.variance() / control.count();
        double variance = first + second;
        double value = treatment.mean() - control.mean();
        if (variance == 0) {
            return new Estimate(value, Interval.around(value, 0));
        }
        double a = first / variance; // shares, so that tiny variances do not underflow
        double b = second / variance;
        double freedom = 1 / (a * a / (treatment.count() - 1) + b * b / (control.count() - 1));
        double half = SpecialFunctions.studentQuantile(freedom) * StrictMath.sqrt(variance);
        return new Estimate(value, Interval.around(value, half));
    }

    /** Returns the difference of two rates: that of the means of their trials, which are 0 or 1. */
    public static Estimate ofRates(Rate treatment, Rate control) {
        return ofMeans(treatment.moments(), control.moments());
    }
}
