package dev.recsys.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalNumberTest {
    private static final int CASES = 100_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theQuickWayGivesTheDigitsOfTheExactOne(long seed) {
        Random random = new Random(seed);
        int quick = 0;
        for (int i = 0; i < CASES; i++) {
            double number = sample(random);
            Optional<CanonicalNumber.Decimal> found = CanonicalNumber.quick(number);
            if (found.isPresent()) {
                quick++;
                assertThat(found.get()).as("of %s", number).isEqualTo(CanonicalNumber.exactly(number));
            }
        }
        assertThat(quick).isGreaterThan(CASES / 2);
    }

    /** Scores of all sizes; decimals of few digits and their neighbours, where rounding is close; and any double. */
    private static double sample(Random random) {
        double size = StrictMath.pow(10, random.nextInt(24) - 11);
        return switch (random.nextInt(4)) {
            case 0 -> random.nextDouble() * size;
            case 1 -> Math.abs(random.nextInt(100_000) / 1_000.0 * size);
            case 2 -> Math.nextUp(Math.abs(random.nextInt(100_000) / 1_000.0 * size));
            default -> Math.abs(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
        };
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void whatIsWrittenIsReadAsItWas(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            double number = sample(random);
            assertThat(Double.parseDouble(CanonicalNumber.of(number))).isEqualTo(number);
        }
    }
}
