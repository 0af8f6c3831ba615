package dev.recsys.eval;

/**
 * Tails of the distributions that tests need. References are to the NIST Digital Library of Mathematical Functions (DLMF)
 * and to Press et al., "Numerical recipes", 3rd edition, 2007.
 */
final class SpecialFunctions {
    private static final int TERMS = 10_000;
    private static final double EPSILON = 1e-15;
    private static final double TINY = 1e-300;

    /** Lanczos' coefficients for g = 7 and nine terms, as computed by Godfrey, "A note on the Lanczos approximation", 2001. */
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7,
    };

    private SpecialFunctions() {}

    /** Returns the logarithm of the gamma function of a positive number, by Lanczos, SIAM J. Numer. Anal. B 1 (1964). */
    static double logGamma(double x) {
        if (x < 0.5) { // DLMF 5.5.3
            return StrictMath.log(StrictMath.PI / StrictMath.sin(StrictMath.PI * x)) - logGamma(1 - x);
        }
        double z = x - 1;
        double series = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            series += LANCZOS[i] / (z + i);
        }
        double t = z + 7.5;
        return 0.5 * StrictMath.log(2 * StrictMath.PI) + (z + 0.5) * StrictMath.log(t) - t + StrictMath.log(series);
    }

    /** Returns how likely a chi-square of so many degrees of freedom is at least a value: Q(df/2, x/2), DLMF 8.2.4. */
    static double chiSquareTail(double chiSquare, int degreesOfFreedom) {
        double a = degreesOfFreedom / 2.0;
        double x = chiSquare / 2;
        if (x <= 0) {
            return 1;
        }
        double scale = StrictMath.exp(a * StrictMath.log(x) - x - logGamma(a));
        return x < a + 1 ? 1 - scale * lowerSeries(a, x) : scale * upperFraction(a, x);
    }

    /** DLMF 8.7.1, the form of Numerical recipes, section 6.2. */
    private static double lowerSeries(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < TERMS && term > sum * EPSILON; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /** DLMF 8.9.2 by the modified method of Lentz: Numerical recipes, section 6.2. */
    private static double upperFraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double fraction = d;
        for (int n = 1; n < TERMS; n++) {
            double numerator = n * (a - n);
            b += 2;
            d = 1 / notZero(numerator * d + b);
            c = notZero(b + numerator / c);
            fraction *= d * c;
            if (Math.abs(d * c - 1) < EPSILON) {
                break;
            }
        }
        return fraction;
    }

    /** Returns the regularised incomplete beta function I_x(a, b): DLMF 8.17.22, Numerical recipes, section 6.4. */
    static double beta(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double scale = StrictMath.exp(
                logGamma(a + b) - logGamma(a) - logGamma(b) + a * StrictMath.log(x) + b * StrictMath.log1p(-x));
        return x < (a + 1) / (a + b + 2)
                ? scale * betaFraction(x, a, b) / a
                : 1 - scale * betaFraction(1 - x, b, a) / b;
    }

    private static double betaFraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / notZero(1 - (a + b) * x / (a + 1));
        double fraction = d;
        for (int m = 1; m < TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / notZero(1 + even * d);
            c = notZero(1 + even / c);
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / notZero(1 + odd * d);
            c = notZero(1 + odd / c);
            fraction *= d * c;
            if (Math.abs(d * c - 1) < EPSILON) {
                break;
            }
        }
        return fraction;
    }

    /** Returns the 0.975 quantile of Student's t, by bisection of its tail, DLMF 8.17 with x = df / (df + t^2). */
    static double studentQuantile(double degreesOfFreedom) {
        double low = Interval.Z;
        double high = 16; // of one degree of freedom it is 12.706
        for (int i = 0; i < 100; i++) {
            double t = (low + high) / 2;
            double tails = beta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
            low = tails > 0.05 ? t : low;
            high = tails > 0.05 ? high : t;
        }
        return high;
    }

    private static double notZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
