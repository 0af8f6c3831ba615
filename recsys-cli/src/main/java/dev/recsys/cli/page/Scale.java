package dev.recsys.cli.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values lie along an axis. Ticks are at multiples of 1, 2 or 5 times a power of ten: Heckbert, "Nice numbers for graph
 * labels", Graphics Gems, 1990, pages 61 to 63.
 *
 * @param first the number of the first tick: it is at {@code first * step}
 * @param last the number of the last one
 * @param step what is between two ticks
 * @param from the coordinate of the first tick
 * @param to the coordinate of the last one
 */
record Scale(long first, long last, double step, double from, double to) {
    private static final int TICKS = 4;

    /** Holds two values; where they are equal there is room on both sides, and nothing but zeros is held as from 0 to 1. */
    static Scale of(double low, double high, double from, double to) {
        if (low == 0 && high == 0) {
            return of(0, 1, from, to);
        }
        double room = low == high ? Math.abs(low) / 2 : 0;
        double step = nice((high - low + 2 * room) / TICKS);
        long first = (long) Math.floor((low - room) / step + 1e-9);
        long last = (long) Math.ceil((high + room) / step - 1e-9);
        return new Scale(first, Math.max(last, first + 1), step, from, to);
    }

    private static double nice(double least) {
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(least)));
        double share = least / power;
        double factor = share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10;
        return factor * power;
    }

    double at(double value) {
        return from + (to - from) * (value / step - first) / (last - first);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (long number = first; number <= last; number++) {
            ticks.add(number * step);
        }
        return ticks;
    }
}
