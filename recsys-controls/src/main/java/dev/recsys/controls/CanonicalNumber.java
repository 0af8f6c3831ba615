package dev.recsys.controls;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The one text that a double has: the fewest digits to which it can be rounded and still be read as itself, in the form
 * of ECMAScript. {@code Double.toString} will not do, whose digits changed between JDK 17 and 19.
 */
final class CanonicalNumber {
    private static final int SAFE_DIGITS = 15; // as many of a decimal survive in a normal double
    private static final int MAX_DIGITS = 17; // always enough for a double

    private CanonicalNumber() {}

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
        BigDecimal shortest = shortest(number);
        String digits = shortest.unscaledValue().abs().toString();
        int point = digits.length() - shortest.scale(); // where the decimal point is, counted from the first digit
        return (number < 0 ? "-" : "") + (point > 21 || point < -5 ? scientific(digits, point) : plain(digits, point));
    }

    /**
     * A decimal of up to 15 digits comes back from a normal double when that is rounded to 15, so that its own digits and
     * zeros are what rounding to 15 gives; a subnormal double may have fewer digits than that, and each number is tried.
     */
    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = Math.abs(number) < Double.MIN_NORMAL ? 1 : SAFE_DIGITS; digits < MAX_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == number) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
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
