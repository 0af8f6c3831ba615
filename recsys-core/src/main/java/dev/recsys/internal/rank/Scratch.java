package dev.recsys.internal.rank;

import dev.recsys.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The working memory of one request: the items that were brought up or left out, each in a slot from 1 on, with what is
 * known of it in columns. Clearing costs what was used. About thirty bytes a slot, and what {@link Slots} take. Used by one
 * request at a time.
 */
final class Scratch {
    static final int EXCLUDED = 1;
    static final int RECENT = 1 << 1;
    static final int BLOCKED = 1 << 2;
    static final int UNAVAILABLE = 1 << 3;
    static final int FILTERED = 1 << 4;

    /** Of an item that must not be in the answer. */
    static final int DROPPED = EXCLUDED | RECENT | BLOCKED | UNAVAILABLE | FILTERED;

    static final int ASKED = 1 << 5; // one of the items whose neighbours are looked up
    static final int CHOSEN = 1 << 6;

    /** Of an item that brings itself up without a signal: it fills the list. */
    static final int FILLS = 1 << 8;

    static final int FIRST_SIGNAL = 9; // the bit of signal 0
    private static final int BROUGHT_UP = -1 << 8; // by a signal, or to fill the list

    private static final int MOST_DENSE =
            1_000_000; // from there on both take the same time, and 4 bytes an item are much
    private static final int FEW = 256; // items; there is room for more when more come up
    private static final int CHUNK = 256; // entries of a row that are read at once
    private static final float UNNAMED =
            -0f; // plus nothing is +0, so that it is told from what was named without a score

    private DenseSlots dense = new DenseSlots(0);
    private @Nullable HashSlots hashed; // made when it is first needed
    private Slots slots = dense;
    private int[] members = new int[FEW]; // [slot] item
    private float[] sums = filled(FEW); // [slot] of the signal that is being added up, or UNNAMED
    private float[] scores = new float[FEW]; // [slot] blended
    private int[] flags = new int[FEW]; // [slot]
    private int next = 1; // the slot that the next new item gets
    private int examined = 1; // the first slot whose flags do not say yet whether the item is dropped
    private int eligible;

    @SuppressWarnings("UnusedVariable") // it is written, so that what is read ahead is not left out as of no use
    private int ahead;

    private final int[] rowItems = new int[CHUNK];
    private final float[] rowScores = new float[CHUNK];
    private final int[] rowSlots = new int[CHUNK];

    private int[] asked = new int[64]; // [position] item
    private int askedCount;
    private final Lookup lookup = new Lookup();
    private int[] places = new int[0]; // [place] of the list
    private final FeatureCounts featureCounts = new FeatureCounts();
    private final BestFirst best = new BestFirst(this);
    private final List<String> extras = new ArrayList<>(); // items without a number in the index, from its size on
    private final Map<String, Integer> extraNumbers = new HashMap<>();
    private @Nullable RequestItems items;

    private static float[] filled(int length) {
        float[] sums = new float[length];
        Arrays.fill(sums, UNNAMED);
        return sums;
    }

    /**
     * Begins a request.
     *
     * @param most more than the numbers of all items that may come up
     */
    void begin(RequestItems requestItems, int most) {
        items = requestItems;
        if (most > MOST_DENSE) {
            hashed = hashed == null ? new HashSlots() : hashed;
            slots = hashed;
        } else {
            dense = dense.capacity() < most ? new DenseSlots(most) : dense;
            slots = dense;
        }
    }

    private RequestItems items() {
        return Objects.requireNonNull(items, "no request has begun");
    }

    FeatureCounts featureCounts() {
        return featureCounts;
    }

    /** Returns room for a list of k items, where that before is forgotten. */
    int[] places(int k) {
        places = places.length == k ? places : new int[k];
        return places;
    }

    BestFirst best() {
        return best;
    }

    /** Looks ids up; what is found holds until the next call. */
    Lookup lookUp(Collection<String> ids) {
        lookup.find(items().index(), ids);
        return lookup;
    }

    /** Returns the number of an item, which gets one for this request if it has none. */
    int numberOf(String itemId) {
        int item = items().index().indexOf(itemId);
        if (item >= 0) {
            return item;
        }
        Integer known = extraNumbers.get(itemId);
        if (known != null) {
            return known;
        }
        int added = items().index().size() + extras.size();
        extras.add(itemId);
        extraNumbers.put(itemId, added);
        return added;
    }

    String itemId(int item) {
        int indexed = items().index().size();
        return item < indexed ? items().index().itemId(item) : extras.get(item - indexed);
    }

    /** Returns the last slot, which is the number of items that have one. */
    int count() {
        return next - 1;
    }

    int itemAt(int slot) {
        return members[slot];
    }

    /** Returns the slot of an item, which gets one if it has none. */
    int slot(int item) {
        int known = slots.find(item);
        if (known > 0) {
            return known;
        }
        expect(1);
        rowItems[0] = item;
        next = slots.place(rowItems, 1, rowSlots, members, next);
        examine();
        return rowSlots[0];
    }

    boolean has(int slot, int bits) {
        return (flags[slot] & bits) != 0;
    }

    int flags(int slot) {
        return flags[slot];
    }

    /** Returns the signals that brought an item up, as bits by their numbers. */
    int signals(int slot) {
        return flags[slot] >>> FIRST_SIGNAL;
    }

    float score(int slot) {
        return scores[slot];
    }

    void setScore(int slot, float score) {
        scores[slot] = score;
    }

    void mark(int slot, int bits) {
        boolean wasEligible = isEligible(slot);
        flags[slot] |= bits;
        eligible += (isEligible(slot) ? 1 : 0) - (wasEligible ? 1 : 0);
    }

    void unmark(int slot, int bits) {
        flags[slot] &= ~bits;
    }

    /** Has the rows of the items that are asked on their way from memory, all at once, before the first is added up. */
    void readAhead(Table table) {
        for (int i = 0; i < askedCount; i++) {
            ahead += asked[i] < table.rowCount() ? table.touch(asked[i]) : 0;
        }
    }

    /** Adds a row of neighbours to the scores of the signal that is being added up. */
    void addRow(Table table, int row, float weight) {
        int end = table.rowEnd(row);
        for (int position = table.rowStart(row); position < end; position += CHUNK) {
            int length = Math.min(CHUNK, end - position);
            table.copyEntries(row, position, length, rowItems, rowScores);
            expect(length);
            next = slots.place(rowItems, length, rowSlots, members, next);
            addTo(sums, rowSlots, rowScores, length, weight);
        }
    }

    private static void addTo(float[] sums, int[] slots, float[] scores, int length, float weight) {
        for (int i = 0; i < length; i++) {
            sums[slots[i]] += weight * scores[i];
        }
    }

    /** Adds to an item's score of the signal that is being added up. */
    void add(int item, float amount) {
        int slot = slot(item);
        sums[slot] += amount + 0f; // never -0
    }

    /** Makes room for so many new items. */
    private void expect(int more) {
        if (next + more >= members.length) { // one is written beyond the last
            int length = Math.max(members.length * 2, next + more + 1);
            int before = members.length;
            members = Arrays.copyOf(members, length);
            scores = Arrays.copyOf(scores, length);
            flags = Arrays.copyOf(flags, length);
            sums = Arrays.copyOf(sums, length);
            Arrays.fill(sums, before, length, UNNAMED);
        }
    }

    /** Notes of new items whether they are dropped. */
    private void examine() {
        int indexed = items().index().size();
        for (; examined < next; examined++) {
            int item = members[examined];
            flags[examined] = item < indexed ? items().drops(item) : items().drops(itemId(item));
        }
    }

    /**
     * Ends a signal: brings up what it named, scales its scores so that the best item that is not dropped has the signal's weight, and
     * adds them to the items' scores.
     */
    void blend(RankingPlan.Weighted signal, Trace trace) {
        examine();
        Scale scale = new Scale(signal.weight(), bounded(bestSum()));
        boolean isTraced = trace != Trace.NONE;
        for (int slot = 1; slot < next; slot++) {
            float sum = sums[slot];
            if (isNamed(sum)) {
                float share = scale.share(bounded(sum));
                if (isTraced) {
                    trace.contributed(signal.type().name(), members[slot], sum, signal.weight(), share);
                }
                addShare(slot, share, signal.bit());
                sums[slot] = UNNAMED;
            }
        }
    }

    private float bestSum() {
        int most = 0; // bits of a score, which are in the order of scores and compared faster; UNNAMED is less than all
        for (int slot = 1; slot < next; slot++) {
            int bits = Float.floatToRawIntBits(sums[slot]);
            most = (flags[slot] & DROPPED) == 0 ? Math.max(most, bits) : most;
        }
        return Float.intBitsToFloat(most);
    }

    private static boolean isNamed(float sum) {
        return Float.floatToRawIntBits(sum) >= 0;
    }

    /** Adds a share to an item's score and brings it up. */
    void addShare(int slot, float share, int signalBit) {
        int before = flags[slot];
        flags[slot] = before | signalBit;
        scores[slot] += share;
        eligible += (before & (DROPPED | BROUGHT_UP)) == 0 ? 1 : 0;
    }

    /**
     * Adds their shares to those items of a head that have a slot. Whether an item is in the head cannot be foretold; so all get a
     * share, which is nothing for the others.
     */
    void addHead(PopularHead head, Scale scale, int signalBit) {
        int eligibleNow = 0;
        for (int slot = 1; slot < next; slot++) {
            int place = head.placeOf(members[slot]);
            int isIn = -place >> 31;
            scores[slot] += Float.intBitsToFloat(Float.floatToRawIntBits(scale.share(head.score(place))) & isIn);
            flags[slot] |= signalBit & isIn;
            eligibleNow += isEligible(slot) ? 1 : 0;
        }
        eligible = eligibleNow;
    }

    /** Brings an item up that no signal did, with a score. */
    void fill(int slot, float score, int bits) {
        mark(slot, FILLS | bits);
        scores[slot] = score * items().rules().boost(members[slot]);
    }

    /** Multiplies the scores of all that was brought up. */
    void boost(ActiveRules rules) {
        int indexed = items().index().size();
        for (int slot = 1; slot < next; slot++) {
            int item = members[slot];
            scores[slot] *= item < indexed ? rules.boost(item) : rules.boost(itemId(item));
        }
    }

    /** Returns how many items are brought up and not dropped. */
    int eligible() {
        return eligible;
    }

    /** Returns whether an item was brought up and is not dropped. */
    boolean isEligible(int slot) {
        return (flags[slot] & DROPPED) == 0 && (flags[slot] & BROUGHT_UP) != 0;
    }

    /** Returns whether an item is eligible and not chosen. */
    boolean isCandidate(int slot) {
        return (flags[slot] & (DROPPED | CHOSEN)) == 0 && (flags[slot] & BROUGHT_UP) != 0;
    }

    /** Returns whether an item may be in the answer and is not yet, whether it was brought up or not. */
    boolean isFree(int slot) {
        return (flags[slot] & (DROPPED | CHOSEN)) == 0;
    }

    boolean isBroughtUp(int slot) {
        return (flags[slot] & BROUGHT_UP) != 0;
    }

    /** Returns whether one item comes before another: by score, then by id. */
    boolean isBetter(int left, int right) {
        if (scores[left] != scores[right]) {
            return scores[left] > scores[right];
        }
        int indexed = items().index().size();
        int leftItem = members[left];
        int rightItem = members[right];
        if (leftItem < indexed && rightItem < indexed) {
            return items().index().compareIds(leftItem, rightItem) < 0;
        }
        return ItemIndex.compareIds(itemId(leftItem), itemId(rightItem)) < 0;
    }

    /** Adds to the items whose neighbours are looked up, unless it is one already. */
    void ask(int item) {
        int slot = slot(item);
        if ((flags[slot] & ASKED) == 0) {
            flags[slot] |= ASKED;
            if (askedCount == asked.length) {
                asked = Arrays.copyOf(asked, askedCount * 2);
            }
            asked[askedCount++] = item;
        }
    }

    /** Returns how many items' neighbours are looked up. */
    int asked() {
        return askedCount;
    }

    int askedAt(int position) {
        return asked[position];
    }

    void clear() {
        slots.clear(members, next);
        Arrays.fill(scores, 0, next, 0);
        Arrays.fill(flags, 0, next, 0);
        next = 1;
        examined = 1;
        eligible = 0;
        askedCount = 0;
        lookup.clear();
        featureCounts.clear();
        best.clear();
        if (!extras.isEmpty()) {
            extras.clear();
            extraNumbers.clear();
        }
        items = null; // a pooled scratch keeps no release alive
    }

    /** Sums of floats may overflow. */
    private static float bounded(float score) {
        return Math.min(score, Float.MAX_VALUE);
    }
}
