package dev.recsys.pipelines.signals;

/**
 * How often items occur, each session counted with its weight by age; whole numbers where every session counts 1.
 */
final class Occurrences {
    private final double[] byItem; // [item]
    private final double all;

    Occurrences(double[] byItem, double all) {
        this.byItem = byItem;
        this.all = all;
    }

    static Occurrences of(CoocSettings settings, Baskets baskets, int itemCount) {
        double[] ages = WeightedShares.ages(settings.weights(), baskets);
        long[] units = new long[itemCount];
        long all = 0;
        for (int basket = 0; basket < ages.length; basket++) {
            long weight = PairShares.units(ages[basket]);
            all += weight;
            for (int position = baskets.start(basket); position < baskets.end(basket); position++) {
                units[baskets.item(position)] += weight;
            }
        }
        double[] byItem = new double[itemCount];
        for (int item = 0; item < itemCount; item++) {
            byItem[item] = units[item] / PairShares.UNITS;
        }
        return new Occurrences(byItem, all / PairShares.UNITS);
    }

    /** Returns how many sessions have an item. */
    double of(int item) {
        return byItem[item];
    }

    /** Returns how many sessions there are. */
    double all() {
        return all;
    }
}
