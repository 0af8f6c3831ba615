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
        double[] ages = WeightedShares.ages(settings.weights(), baskets, baskets.newestMillis());
        Sums sums = new Sums(itemCount);
        for (int basket = 0; basket < ages.length; basket++) {
            long weight = sums.add(ages[basket]);
            for (int position = baskets.start(basket); position < baskets.end(basket); position++) {
                sums.addItem(baskets.item(position), weight);
            }
        }
        return sums.occurrences();
    }

    /** Adds up whole units, whose sum does not depend on their order. */
    static final class Sums {
        private final long[] units; // [item]
        private long all;

        Sums(int itemCount) {
            this.units = new long[itemCount];
        }

        /** Adds a session, and returns its weight in units. */
        long add(double weight) {
            long weightUnits = PairShares.units(weight);
            all += weightUnits;
            return weightUnits;
        }

        void addItem(int item, long weightUnits) {
            units[item] += weightUnits;
        }

        Occurrences occurrences() {
            double[] byItem = new double[units.length];
            for (int item = 0; item < byItem.length; item++) {
                byItem[item] = units[item] / PairShares.UNITS;
            }
            return new Occurrences(byItem, all / PairShares.UNITS);
        }
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
