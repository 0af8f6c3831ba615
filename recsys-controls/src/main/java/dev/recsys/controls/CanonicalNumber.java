package dev.recsys.controls;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The one text that a double has: the fewest digits to which it can be rounded and still be read as itself, in the form
 * of ECMAScript. {@code Double.toString} will not do, whose digits changed between JDK 17 and 19.
 */
final class CanonicalNumber {
    private static final int SAFE_DIGITS = 15; // as many of a decimal survive in a normal double
    private static final int MAX_DIGITS = 17; // always enough for a double
    private static final double MAX_WHOLE = 1e15;
    private static final long FRACTION = (1L << 52) - 1; // the bits of a double below its first
    private static final int LEAST_POWER = -9;
    /** From 10 to the {@link #LEAST_POWER} on. That the lower ones are rounded shows at their own, of one digit, alone. */
    private static final double[] POWERS = {
        1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10,
        1e11, 1e12
    };

    private static final long[] FIVES = fives(MAX_DIGITS - LEAST_POWER); // 5 to the 26 has 61 bits

    private CanonicalNumber() {}

    private static long[] fives(int count) {
        long[] powers = new long[count];
        powers[0] = 1;
        for (int i = 1; i < count; i++) {
            powers[i] = 5 * powers[i - 1];
        }
        return powers;
    }

    /**
     * Returns the text.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    static String of(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(
                    "a number is " + number + "; expected a finite one, for JSON has no other");
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0";
        }
        if (number == (long) number && Math.abs(number) < MAX_WHOLE) {
            return Long.toString((long) number);
        }
        Decimal shortest = quick(Math.abs(number)).orElseGet(() -> exactly(Math.abs(number)));
        String digits = Long.toString(shortest.digits());
        int point = digits.length() - shortest.scale(); // where the decimal point is, counted from the first digit
        return (number < 0 ? "-" : "") + (point > 21 || point < -5 ? scientific(digits, point) : plain(digits, point));
    }

    /**
     * A decimal that does not end in zero.
     *
     * @param digits at most 17
     * @param scale how many of them are behind the point
     */
    record Decimal(long digits, int scale) {
        private static Decimal of(long digits, int scale) {
            Decimal decimal = new Decimal(digits, scale);
            while (decimal.digits % 10 == 0) {
                decimal = new Decimal(decimal.digits / 10, decimal.scale - 1);
            }
            return decimal;
        }
    }

    /**
     * What {@link #exactly} gives, for numbers as scores are, in a hundredth of the time; empty for others. With {@code x = m /
     * 2^q}, {@code x 10^k} is {@code m 5^k / 2^(q-k)}: a product of 128 bits, of which rounding takes the upper ones and leaves
     * the error. That is read as x if it is less than half of the distance to the next double, which is {@code 5^k / 2}.
     */
    static Optional<Decimal> quick(double number) {
        long bits = Double.doubleToLongBits(number);
        long m = (bits & FRACTION) | (FRACTION + 1);
        int q = 1_075 - (int) (bits >>> 52);
        if (number < POWERS[0] || number >= POWERS[POWERS.length - 1] || m == FRACTION + 1) {
            return Optional.empty(); // below a power of two doubles are closer
        }
        int exponent = LEAST_POWER;
        while (number >= POWERS[exponent + 1 - LEAST_POWER]) {
            exponent++;
        }
        for (int digits = SAFE_DIGITS; digits <= MAX_DIGITS; digits++) {
            int k = digits - 1 - exponent;
            int shift = q - k;
            if (shift < 1 || shift > 62) {
                return Optional.empty();
            }
            long low = m * FIVES[k];
            long rest = low & ((1L << shift) - 1);
            long rounded = Math.multiplyHigh(m, FIVES[k]) << (Long.SIZE - shift) | low >>> shift;
            long half = 1L << (shift - 1);
            boolean isUp = rest > half || (rest == half && (rounded & 1) == 1);
            if (2 * (isUp ? 2 * half - rest : rest) < FIVES[k]) {
                return Optional.of(Decimal.of(isUp ? rounded + 1 : rounded, k));
            }
        }
        return Optional.empty();
    }

    /**
     * A decimal of up to 15 digits comes back from a normal double when that is rounded to 15, so that its own digits and
     * zeros are what rounding to 15 gives; a subnormal double may have fewer digits than that, and each number is tried.
     */
    static Decimal exactly(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = number < Double.MIN_NORMAL ? 1 : SAFE_DIGITS; digits < MAX_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == number) {
                return decimal(rounded);
            }
        }
        return decimal(exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN)));
    }

    private static Decimal decimal(BigDecimal number) {
        return Decimal.of(number.unscaledValue().longValueExact(), number.scale());
    }

    private static String plain(String digits, int point) {
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (point >= digits.length()) {
            return digits + "0".repeat(point - digits.length());
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    private static String scientific(String digits, int point) {
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + "e" + (point > 0 ? "+" : "") + (point - 1);
    }
}
