package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecialFunctionsTest {
    @Test
    void theGammaFunctionIsThatOfFactorialsAndOfTheRootOfPi() {
        double logarithm = 0;
        for (int n = 1; n < 150; n++) {
            assertThat(SpecialFunctions.logGamma(n)).isCloseTo(logarithm, within(1e-12 * (1 + logarithm)));
            logarithm += Math.log(n);
        }
        assertThat(SpecialFunctions.logGamma(0.5)).isCloseTo(0.5 * Math.log(Math.PI), within(1e-14));
        assertThat(SpecialFunctions.logGamma(0.25)).isCloseTo(1.2880225246980774, within(1e-13));
    }

    @ParameterizedTest
    @CsvSource({"0.1", "1", "3", "5", "20", "100", "600"})
    void theTailOfTwoDegreesOfFreedomIsExponential(double x) {
        assertThat(SpecialFunctions.chiSquareTail(x, 2)).isCloseTo(Math.exp(-x / 2), Percentage.withPercentage(1e-8));
        double four = Math.exp(-x / 2) * (1 + x / 2);
        assertThat(SpecialFunctions.chiSquareTail(x, 4)).isCloseTo(four, Percentage.withPercentage(1e-8));
    }

    @ParameterizedTest
    @CsvSource({
        "3.841458820694124, 1, 0.05",
        "10.827566170662733, 1, 0.001",
        "11.070497693516351, 5, 0.05",
        "18.307038053275146, 10, 0.05",
    })
    void theTailOfAChiSquareIsThatOfTables(double x, int freedom, double p) {
        assertThat(SpecialFunctions.chiSquareTail(x, freedom)).isCloseTo(p, within(1e-12));
        assertThat(SpecialFunctions.chiSquareTail(0, freedom)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 12.706204736432095",
        "2, 4.302652729911275",
        "5, 2.570581835636314",
        "10, 2.228138851964939",
        "30, 2.042272456301238",
        "1000, 1.962339080792698",
        "100000000, 1.959963986",
    })
    void theQuantileOfStudentIsThatOfTables(double freedom, double quantile) {
        assertThat(SpecialFunctions.studentQuantile(freedom)).isCloseTo(quantile, within(2e-9 * quantile));
    }

    @Test
    void theBetaFunctionIsTheSumOfBinomials() {
        assertThat(SpecialFunctions.beta(0.5, 8, 3)).isCloseTo(56 / 1024.0, within(1e-14)); // 1 + 10 + 45
        assertThat(SpecialFunctions.beta(0.3, 1, 1)).isCloseTo(0.3, within(1e-14));
        assertThat(SpecialFunctions.beta(0, 2, 3)).isZero();
        assertThat(SpecialFunctions.beta(1, 2, 3)).isEqualTo(1);
    }
}
