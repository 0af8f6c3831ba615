package dev.recsys.internal.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The working memory of one request: dense accumulators over all items and the list of those touched, so that clearing
 * costs what was used. Twelve bytes an item, and four a brand, category or tag where there are caps. Used by one request
 * at a time.
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
    private static final int TOUCHED = 1 << 7;

    /** Of an item that brings itself up without a signal: it fills the list. */
    static final int FILLS = 1 << 8;

    static final int FIRST_SIGNAL = 9; // the bit of signal 0
    private static final int BROUGHT_UP = -1 << 8; // by a signal, or to fill the list

    private final float[] scores; // [item] blended
    private final float[] others; // [item] room for the sums of a signal that is not the first; 0 between signals
    private float[] sums; // [item] of the signal that is being added up; the first one's become scores where they are
    private final int[] flags; // [item]
    private int[] touched = new int[1024]; // [position] item
    private int touchedCount;
    private int[] inSignal = new int[1024]; // [position] item, those without a score perhaps more than once
    private int inSignalCount;
    private int[] asked = new int[64]; // [position] item
    private int askedCount;
    private int[] featureCounts = new int[0]; // [feature] how many chosen items have it
    private int[] counted = new int[0]; // [position] a feature that was counted
    private int countedCount;
    private final List<String> extras = new ArrayList<>(); // items without a number in the index, from its size on
    private final Map<String, Integer> extraNumbers = new HashMap<>();
    private int eligible;
    private int heapSize;
    private @Nullable RequestItems items;
    private @Nullable Popularity rest; // what may still come up when nothing better is left

    Scratch(int items) {
        this.scores = new float[items];
        this.others = new float[items];
        this.sums = scores;
        this.flags = new int[items];
    }

    /** Returns how many items there is room for. */
    int capacity() {
        return flags.length;
    }

    void begin(RequestItems requestItems) {
        this.items = requestItems;
    }

    private RequestItems items() {
        return Objects.requireNonNull(items, "no request has begun");
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

    boolean has(int item, int bits) {
        return (flags[item] & bits) != 0;
    }

    int flags(int item) {
        return flags[item];
    }

    /** Returns the signals that brought an item up, as bits by their numbers. */
    int signals(int item) {
        return flags[item] >>> FIRST_SIGNAL;
    }

    float score(int item) {
        return scores[item];
    }

    void setScore(int item, float score) {
        scores[item] = score;
    }

    void mark(int item, int bits) {
        touch(item);
        boolean wasEligible = isEligibleBy(flags[item]);
        flags[item] |= bits;
        eligible += (isEligibleBy(flags[item]) ? 1 : 0) - (wasEligible ? 1 : 0);
    }

    void unmark(int item, int bits) {
        flags[item] &= ~bits;
    }

    /** Makes room for so many more calls of {@link #add}. */
    void expect(int more) {
        if (inSignal.length - inSignalCount <= more) { // one is written beyond the last
            inSignal = Arrays.copyOf(inSignal, Math.max(inSignal.length * 2, inSignalCount + more + 1));
        }
    }

    /**
     * Adds to an item's score of the signal that is being added up. Whether the item was named before cannot be foretold, so that
     * a branch would cost more than to write it down each time and to count it the first time alone.
     */
    void add(int item, float amount) {
        float before = sums[item];
        sums[item] = before + amount;
        inSignal[inSignalCount] = item;
        inSignalCount += before == 0 ? 1 : 0;
    }

    /** Brings an item up that no signal did, with a score. */
    void fill(int item, float score, int bits) {
        mark(item, FILLS | bits);
        scores[item] = score * items().rules().boost(item);
    }

    /** Returns how many items are brought up and not dropped. */
    int eligible() {
        return eligible;
    }

    /**
     * Ends a signal: scales its scores so that the best item that is not dropped has {@code weight}, and adds them to the
     * items' scores.
     */
    void blend(String name, float weight, int signalBit, Trace trace) {
        Scale scale = new Scale(weight, bounded(bringUp(signalBit)));
        boolean isFirst = sums == scores;
        for (int i = 0; i < inSignalCount; i++) {
            int item = inSignal[i];
            float sum = sums[item];
            float share = scale.share(bounded(sum));
            trace.contributed(name, item, sum, weight, share);
            if (isFirst) {
                scores[item] = share;
            } else {
                scores[item] += share;
                others[item] = 0;
            }
        }
        inSignalCount = 0;
        sums = others;
    }

    /** Brings the items of the signal up, each once from now on, and returns the best score of those that are not dropped. */
    private float bringUp(int signalBit) {
        float best = 0;
        int count = 0;
        for (int i = 0; i < inSignalCount; i++) {
            int item = inSignal[i];
            int before = touch(item);
            if ((before & signalBit) == 0) {
                inSignal[count++] = item;
                flags[item] = before | signalBit;
                eligible += (before & (DROPPED | BROUGHT_UP)) == 0 ? 1 : 0;
                best = (before & DROPPED) == 0 ? Math.max(best, sums[item]) : best;
            }
        }
        inSignalCount = count;
        return best;
    }

    /** Adds a share to an item's score at once: for a signal that names each item once and whose best is known before. */
    void addShare(int item, float share, int signalBit) {
        sums = others; // the scores are blended from now on
        int before = touch(item);
        flags[item] = before | signalBit;
        scores[item] += share;
        eligible += (before & (DROPPED | BROUGHT_UP)) == 0 ? 1 : 0;
    }

    /** Lets what is popular and not brought up yet come up when its turn is. */
    void follow(Popularity popularity) {
        rest = popularity;
    }

    /** Multiplies the scores of all that was brought up. */
    void boost(ActiveRules rules) {
        int indexed = items().index().size();
        for (int i = 0; i < touchedCount; i++) {
            int item = touched[i];
            scores[item] *= item < indexed ? rules.boost(item) : rules.boost(itemId(item));
        }
    }

    /** Puts the eligible items that are not chosen into a heap, best first, equal scores by id. */
    void heapify() {
        heapSize = 0;
        for (int i = 0; i < touchedCount; i++) {
            int item = touched[i];
            if (isEligibleBy(flags[item]) && (flags[item] & CHOSEN) == 0) {
                touched[i] = touched[heapSize];
                touched[heapSize++] = item;
            }
        }
        for (int root = heapSize / 2 - 1; root >= 0; root--) {
            siftDown(root);
        }
    }

    /** Takes the best item out of the heap, or -1 if it is empty. */
    int pop() {
        while (rest != null && rest.leads(heapSize == 0 ? -1 : scores[touched[0]])) {
            int item = rest.next(this);
            if (item >= 0) {
                push(item);
            }
        }
        if (heapSize == 0) {
            return -1;
        }
        swap(0, --heapSize);
        siftDown(0);
        return touched[heapSize];
    }

    /** Takes an item into the heap that was just brought up, unless it is dropped or chosen. */
    private void push(int item) {
        if (!isEligibleBy(flags[item]) || (flags[item] & CHOSEN) != 0) {
            return;
        }
        int at = touchedCount - 1;
        while (touched[at] != item) { // it is the last, unless something looked at it before
            at--;
        }
        swap(at, heapSize);
        siftUp(heapSize++);
    }

    /** Returns whether one item comes before another: by score, then by id. */
    boolean isBetter(int left, int right) {
        if (scores[left] != scores[right]) {
            return scores[left] > scores[right];
        }
        int indexed = items().index().size();
        if (left < indexed && right < indexed) {
            return items().index().compareIds(left, right) < 0;
        }
        return ItemIndex.compareIds(itemId(left), itemId(right)) < 0;
    }

    int touchedCount() {
        return touchedCount;
    }

    int touchedAt(int position) {
        return touched[position];
    }

    /** Returns whether an item was brought up and is not dropped. */
    boolean isEligible(int item) {
        return isEligibleBy(flags[item]);
    }

    /** Returns whether an item may be in the answer, whether it was brought up or not. */
    boolean isAllowed(int item) {
        return (touch(item) & DROPPED) == 0;
    }

    boolean isBroughtUp(int item) {
        return (flags[item] & BROUGHT_UP) != 0;
    }

    /** Adds to the items whose neighbours are looked up, unless it is one already. */
    void ask(int item) {
        touch(item);
        if ((flags[item] & ASKED) == 0) {
            flags[item] |= ASKED;
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

    /** Returns how many chosen items have a feature. */
    int featureCount(int feature) {
        return feature < featureCounts.length ? featureCounts[feature] : 0;
    }

    void count(int feature, int change) {
        if (feature >= featureCounts.length) {
            featureCounts = Arrays.copyOf(featureCounts, items().index().featureCount());
        }
        if (countedCount == counted.length) {
            counted = Arrays.copyOf(counted, Math.max(64, countedCount * 2));
        }
        counted[countedCount++] = feature;
        featureCounts[feature] += change;
    }

    void clear() {
        for (int i = 0; i < touchedCount; i++) {
            scores[touched[i]] = 0;
            flags[touched[i]] = 0;
        }
        for (int i = 0; i < inSignalCount; i++) { // there are some if a signal was broken off
            scores[inSignal[i]] = 0;
            others[inSignal[i]] = 0;
        }
        for (int i = 0; i < countedCount; i++) {
            featureCounts[counted[i]] = 0;
        }
        countedCount = 0;
        touchedCount = 0;
        inSignalCount = 0;
        askedCount = 0;
        eligible = 0;
        sums = scores;
        if (!extras.isEmpty()) {
            extras.clear();
            extraNumbers.clear();
        }
        heapSize = 0;
        rest = null;
        items = null; // a pooled scratch keeps no release alive
    }

    private static boolean isEligibleBy(int flags) {
        return (flags & DROPPED) == 0 && (flags & BROUGHT_UP) != 0;
    }

    /** Sums of floats may overflow. */
    private static float bounded(float score) {
        return Math.min(score, Float.MAX_VALUE);
    }

    /** Returns the item's flags, which say from the first touch on whether it is dropped. */
    private int touch(int item) {
        if (flags[item] != 0) {
            return flags[item];
        }
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, touchedCount * 2);
        }
        touched[touchedCount++] = item;
        boolean indexed = item < items().index().size();
        flags[item] = TOUCHED | (indexed ? items().drops(item) : items().drops(itemId(item)));
        return flags[item];
    }

    /** Keeps the best item at the root. */
    private void siftDown(int from) {
        int root = from;
        while (2 * root + 1 < heapSize) {
            int child = 2 * root + 1;
            if (child + 1 < heapSize && isBetter(touched[child + 1], touched[child])) {
                child++;
            }
            if (!isBetter(touched[child], touched[root])) {
                return;
            }
            swap(root, child);
            root = child;
        }
    }

    private void siftUp(int from) {
        int child = from;
        while (child > 0 && isBetter(touched[child], touched[(child - 1) / 2])) {
            swap(child, (child - 1) / 2);
            child = (child - 1) / 2;
        }
    }

    private void swap(int left, int right) {
        int item = touched[left];
        touched[left] = touched[right];
        touched[right] = item;
    }
}
