package dev.recsys.examples;

import java.util.Arrays;

/** Picks ranks so that rank r comes up in proportion to 1 / (r + 1)^exponent: a few often, most seldom. */
final class Zipf {
    private final double[] upTo; // [rank] share of all ranks up to this one

    Zipf(int ranks, double exponent) {
        upTo = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += 1 / StrictMath.pow(rank + 1, exponent);
            upTo[rank] = sum;
        }
        for (int rank = 0; rank < ranks; rank++) {
            upTo[rank] /= sum;
        }
    }

    int pick(Dice dice) {
        int found = Arrays.binarySearch(upTo, dice.fraction());
        return Math.min(upTo.length - 1, found < 0 ? -found - 1 : found + 1);
    }
}
