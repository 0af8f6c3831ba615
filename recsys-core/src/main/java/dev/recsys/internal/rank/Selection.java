package dev.recsys.internal.rank;

import dev.recsys.control.ItemAttribute;
import java.util.Arrays;

/**
 * Chooses the items of a list from those that were brought up, and their order: pins to their places, the last places to
 * what is explored, the others to the best, as far as caps allow and as diversity wants it. May choose again after more
 * was brought up. One request uses it.
 *
 * <p>Raising the score of one item never moves it down where nothing is explored: as long as it is not chosen, every other
 * choice is what it was, and it is chosen no later.
 */
final class Selection {
    private static final int NOBODY = 0;
    private static final int[] NONE = new int[0];
    private static final double[] NO_NUMBERS = new double[0];
    private static final String[] NO_PINS = new String[0];

    private final RankingPlan plan;
    private final ItemIndex index;
    private final RequestItems items;
    private final Scratch scratch;
    private final BestFirst best;
    private final Trace trace;
    private final boolean isDiverse;
    private final double weightSum;
    private int[] list = NONE; // [place] slot
    private int[] pool = NONE; // [place in the pool] slot, best first
    private double[] likeness = NO_NUMBERS; // [place in the pool] to the most similar item chosen
    private int poolSize;
    private String[] pins = NO_PINS; // [place] the rule that pins, or empty; no places where nothing is pinned
    private double[] propensities = NO_NUMBERS; // [place]; no places where nothing was drawn
    private int count;

    /**
     * Chooses for one request.
     *
     * @param weightSum the sum of the weights of the signals: the highest score without boosts
     */
    Selection(RankingPlan plan, RequestItems items, Scratch scratch, double weightSum, Trace trace) {
        this.plan = plan;
        this.index = plan.index();
        this.items = items;
        this.scratch = scratch;
        this.best = scratch.best();
        this.trace = trace;
        this.weightSum = weightSum;
        this.isDiverse = plan.config().diversity().lambda() < 1 && plan.index().hasAttributes();
    }

    /** Returns the slot of the item at a place. */
    int slotAt(int place) {
        return list[place];
    }

    /** Returns the rule that pinned the item to its place, or nothing. */
    String pinAt(int place) {
        return pins.length == 0 ? "" : pins[place];
    }

    /** Returns the probability that the item got its place, given those before. */
    double propensityAt(int place) {
        return propensities.length == 0 ? 1 : propensities[place];
    }

    /** Chooses at most k items, and returns how many. */
    int choose(int k, long seed) {
        forget();
        list = scratch.places(k);
        Arrays.fill(list, NOBODY);
        int free = k - pin();
        int explored =
                (int) Math.min(free, Math.floor(plan.config().exploration().share() * k));
        best.start();
        if (isDiverse) {
            startPool();
        }
        fillWithBest(free - explored);
        explore(explored, seed);
        fillWithBest(explored);
        closeRanks();
        return count;
    }

    /** Takes the choice before back. */
    private void forget() {
        for (int i = 0; i < count; i++) {
            scratch.unmark(list[i], Scratch.CHOSEN);
            count(list[i], -1);
        }
        count = 0;
        poolSize = 0;
        pins = NO_PINS;
        propensities = NO_NUMBERS;
    }

    private int pin() {
        int pinned = 0;
        for (ActiveRules.Target pin : items.rules().pins()) {
            int place = pin.rule().position() - 1;
            if (place < list.length && list[place] == NOBODY) {
                int slot = pinned(pin);
                if (slot != NOBODY) {
                    pins = pins.length == 0 ? noPins(list.length) : pins;
                    pins[place] = pin.rule().id();
                    take(slot, place);
                    pinned++;
                }
            }
        }
        return pinned;
    }

    private static String[] noPins(int length) {
        String[] none = new String[length];
        Arrays.fill(none, "");
        return none;
    }

    /** Returns the slot of what a pin puts at its place, or nobody's if nothing may be there. */
    private int pinned(ActiveRules.Target pin) {
        if (pin.rule().attribute() == ItemAttribute.ITEM) {
            int slot = scratch.slot(scratch.numberOf(pin.rule().value()));
            return scratch.isFree(slot) ? slot : NOBODY;
        }
        return pin.feature() < 0 ? NOBODY : bestWith(pin.feature());
    }

    private int bestWith(int feature) {
        int found = NOBODY;
        for (int slot = 1; slot <= scratch.count(); slot++) {
            int item = scratch.itemAt(slot);
            boolean matches = scratch.isCandidate(slot) && item < index.size() && index.hasFeature(item, feature);
            if (matches && (found == NOBODY || scratch.isBetter(slot, found))) {
                found = slot;
            }
        }
        return found == NOBODY ? firstWith(feature) : found;
    }

    /** Nothing brought such an item up: the one with the smallest id is as good as any. */
    private int firstWith(int feature) {
        int first = NOBODY;
        for (int item = 0; item < index.size(); item++) {
            int slot = index.hasFeature(item, feature) ? scratch.slot(item) : NOBODY;
            boolean matches = slot != NOBODY && scratch.isFree(slot);
            if (matches && (first == NOBODY || index.compareIds(item, scratch.itemAt(first)) < 0)) {
                first = slot;
            }
        }
        return first;
    }

    /** Fills so many free places, the first ones first, with the best that caps admit, as far as there are any. */
    private void fillWithBest(int wanted) {
        int left = wanted;
        for (int place = 0; place < list.length && left > 0; place++) {
            if (list[place] == NOBODY) {
                int relevant = mostRelevant();
                int slot = relevant == NOBODY ? nextAdmitted() : relevant;
                if (slot == NOBODY) {
                    return;
                }
                take(slot, place);
                left--;
            }
        }
    }

    private int nextAdmitted() {
        for (int slot = best.next(); slot != NOBODY; slot = best.next()) {
            if (!scratch.has(slot, Scratch.CHOSEN) && isAdmitted(slot)) { // it may have been drawn meanwhile
                return slot;
            }
        }
        return NOBODY;
    }

    private void startPool() {
        int size = Math.max(list.length, plan.config().diversity().pool());
        pool = pool.length == size ? pool : new int[size];
        likeness = likeness.length == size ? likeness : new double[size];
        Arrays.fill(likeness, 0);
        for (int slot = best.next(); slot != NOBODY; slot = poolSize < size ? best.next() : NOBODY) {
            pool[poolSize++] = slot;
        }
        for (int slot : list) {
            if (slot != NOBODY) {
                updateLikeness(slot);
            }
        }
    }

    private void updateLikeness(int chosen) {
        int chosenItem = scratch.itemAt(chosen);
        for (int i = 0; i < poolSize && chosenItem < index.size(); i++) {
            int item = scratch.itemAt(pool[i]);
            if (item < index.size()) {
                likeness[i] = Math.max(likeness[i], index.likeness(item, chosenItem));
            }
        }
    }

    /** Scores are divided by what does not depend on them, so that no item's score changes what another one's counts. */
    private int mostRelevant() {
        double lambda = plan.config().diversity().lambda();
        int found = NOBODY;
        double bestValue = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < poolSize; i++) {
            int slot = pool[i];
            double value = lambda * (scratch.score(slot) / weightSum) - (1 - lambda) * likeness[i];
            if (value > bestValue && !scratch.has(slot, Scratch.CHOSEN) && isAdmitted(slot)) {
                found = slot;
                bestValue = value;
            }
        }
        return found;
    }

    /** Draws an item for each of the last free places, every one of those left in the pool equally likely. */
    private void explore(int wanted, long seed) {
        if (wanted == 0) {
            return;
        }
        int[] explorable = explorable();
        int[] left = new int[explorable.length];
        int drawn = 0;
        for (int place = 0; place < list.length && drawn < wanted; place++) {
            if (list[place] == NOBODY) {
                int eligible = 0;
                for (int slot : explorable) {
                    if (scratch.isFree(slot) && isAdmitted(slot)) {
                        left[eligible++] = slot;
                    }
                }
                if (eligible == 0) {
                    return;
                }
                propensities = propensities.length == 0 ? ones(list.length) : propensities;
                propensities[place] = 1.0 / eligible;
                take(left[Draw.below(eligible, seed, place)], place);
                drawn++;
            }
        }
    }

    /** Returns the slots of the pool: of what the request may be shown, what is known least. */
    private int[] explorable() {
        int[] all = index.explorable();
        int[] allowed = new int[Math.min(all.length, plan.config().exploration().pool())];
        int size = 0;
        for (int i = 0; i < all.length && size < allowed.length; i++) {
            int slot = scratch.slot(all[i]);
            if (!scratch.has(slot, Scratch.DROPPED)) {
                allowed[size++] = slot;
            }
        }
        return Arrays.copyOf(allowed, size);
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    private void take(int slot, int place) {
        list[place] = slot;
        scratch.mark(slot, Scratch.CHOSEN);
        count(slot, 1);
        updateLikeness(slot);
    }

    private boolean isAdmitted(int slot) {
        int item = scratch.itemAt(slot);
        if (!plan.hasCaps() || item >= index.size()) {
            return true;
        }
        for (int position = index.featureStart(item); position < index.featureEnd(item); position++) {
            int feature = index.featureAt(position);
            int chosen = scratch.featureCounts().of(feature);
            int most = chosen == 0 ? 0 : plan.cap(index.attributeOf(feature));
            if (most > 0 && chosen >= most) {
                trace.capped(item, feature);
                return false;
            }
        }
        return true;
    }

    private void count(int slot, int change) {
        int item = scratch.itemAt(slot);
        if (plan.hasCaps() && item < index.size()) {
            for (int position = index.featureStart(item); position < index.featureEnd(item); position++) {
                scratch.featureCounts().add(index.featureAt(position), change, index.featureCount());
            }
        }
    }

    /** Moves what stands behind free places up. */
    private void closeRanks() {
        count = 0;
        for (int place = 0; place < list.length; place++) {
            if (list[place] != NOBODY) {
                if (pins.length > 0) {
                    pins[count] = pins[place];
                }
                if (propensities.length > 0) {
                    propensities[count] = propensities[place];
                }
                list[count++] = list[place];
            }
        }
    }
}
