package dev.recsys.internal.rank;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives the candidates of a request best first, equal scores by id. A list takes a few of many: so only a batch of the best is put in
 * order, and the next one when that is used up. Where a batch ends is found by counting scores, not by comparing them with one
 * another, for how a comparison ends cannot be foretold. What is popular and was not brought up joins when nothing better is left.
 */
final class BestFirst {
    private static final int FIRST_BATCH = 32; // a list of twenty and what caps pass over
    private static final int FEW = 8; // so many are put into the batch one by one
    private static final int CLASSES = 256; // of scores; 64 to a halving of the score, the last takes all that are less
    private static final int CLASS_SHIFT = 17; // of the bits of a score: six of the 23 of the fraction remain

    private final Scratch scratch;
    private long[] keys = new long[256]; // the score's bits, then the slot; first the batch, best last, then the others
    private int left; // of the batch
    private int from; // where the others begin
    private int end;
    private int size; // of the batch to come
    private final long[] newcomers = new long[FEW];
    private final int[] counts = new int[CLASSES]; // [class] how many of the others
    private @Nullable Popularity popularity;

    BestFirst(Scratch scratch) {
        this.scratch = scratch;
    }

    /** Begins anew with the candidates that are eligible and not chosen. */
    void start() {
        int slots = scratch.count();
        if (keys.length <= slots) {
            keys = new long[2 * slots];
        }
        int count = 0;
        for (int slot = 1; slot <= slots; slot++) {
            keys[count] = keyOf(slot);
            count += scratch.isCandidate(slot) ? 1 : 0;
        }
        left = 0;
        from = 0;
        end = count;
        size = FIRST_BATCH;
    }

    /** Lets what is popular and not brought up yet come up when its turn is. */
    void follow(Popularity rest) {
        popularity = rest;
    }

    void clear() {
        popularity = null;
        left = 0;
        from = 0;
        end = 0;
    }

    /** Returns the slot of the next best, or 0 if there is none. */
    int next() {
        if (left == 0 && from < end) {
            chooseBatch();
        }
        if (popularity != null) {
            bringUp(popularity);
        }
        return left == 0 ? 0 : slotOf(keys[--left]);
    }

    /** What is popular comes up until it is behind the best; all that have one score come together. */
    private void bringUp(Popularity rest) {
        float best = left == 0 ? -1 : scratch.score(slotOf(keys[left - 1]));
        int came = 0;
        while (rest.leads(best)) {
            int slot = rest.next(scratch);
            if (slot > 0 && scratch.isCandidate(slot)) {
                best = scratch.score(slot);
                append(keyOf(slot));
                came++;
            }
        }
        if (came > FEW) {
            beginAgain();
        } else if (came > 0) {
            insertLast(came);
        }
    }

    /** Puts all that is left back among the others and chooses a batch of them. */
    private void beginAgain() {
        System.arraycopy(keys, from, keys, left, end - from);
        end -= from - left;
        left = 0;
        from = 0;
        size = FIRST_BATCH;
        chooseBatch();
    }

    private void insertLast(int came) {
        end -= came;
        System.arraycopy(keys, end, newcomers, 0, came);
        for (int i = 0; i < came; i++) {
            insert(newcomers[i]);
        }
    }

    private void append(long key) {
        if (end == keys.length) {
            keys = Arrays.copyOf(keys, 2 * end);
        }
        keys[end++] = key;
    }

    /** A score is not negative, so that its bits are in the order of scores. */
    private long keyOf(int slot) {
        return (long) Float.floatToRawIntBits(scratch.score(slot)) << Integer.SIZE | slot;
    }

    private static int slotOf(long key) {
        return (int) key;
    }

    private static int bitsOf(long key) {
        return (int) (key >>> Integer.SIZE);
    }

    /** Moves the best of the others to the front and puts them in order. */
    private void chooseBatch() {
        System.arraycopy(keys, from, keys, 0, end - from);
        end -= from;
        int most = 0;
        for (int i = 0; i < end; i++) {
            most = Math.max(most, bitsOf(keys[i]));
        }
        int last = lastClass(most);
        for (int i = 0; i < end; i++) {
            boolean isOfBatch = classOf(keys[i], most) <= last;
            swap(i, left);
            left += isOfBatch ? 1 : 0;
        }
        from = left;
        size *= 4;
        Arrays.sort(keys, 0, left);
        sortEquals();
    }

    /** Returns the class with which the batch is large enough, or the last one. */
    private int lastClass(int most) {
        Arrays.fill(counts, 0);
        for (int i = 0; i < end; i++) {
            counts[classOf(keys[i], most)]++;
        }
        int all = 0;
        for (int i = 0; i < CLASSES; i++) {
            all += counts[i];
            if (all >= size) {
                return i;
            }
        }
        return CLASSES;
    }

    private static int classOf(long key, int most) {
        return Math.min((most - bitsOf(key)) >>> CLASS_SHIFT, CLASSES - 1);
    }

    /** Orders equal scores by id, for they are in the order of their slots; equal scores are of one class and so of one batch. */
    private void sortEquals() {
        int start = 0;
        for (int i = 1; i <= left; i++) {
            if (i == left || bitsOf(keys[i]) != bitsOf(keys[start])) {
                if (i - start > 1) {
                    sortById(start, i - start);
                }
                start = i;
            }
        }
    }

    /** By a heap with the best at its root, which goes last. */
    private void sortById(int start, int length) {
        for (int root = length / 2 - 1; root >= 0; root--) {
            siftDown(start, root, length);
        }
        for (int last = length - 1; last > 0; last--) {
            swap(start, start + last);
            siftDown(start, 0, last);
        }
    }

    private void siftDown(int start, int root, int length) {
        int at = root;
        while (2 * at + 1 < length) {
            int child = 2 * at + 1;
            if (child + 1 < length && isBetter(start + child + 1, start + child)) {
                child++;
            }
            if (!isBetter(start + child, start + at)) {
                return;
            }
            swap(start + at, start + child);
            at = child;
        }
    }

    private boolean isBetter(int left, int right) {
        return scratch.isBetter(slotOf(keys[left]), slotOf(keys[right]));
    }

    private void swap(int left, int right) {
        long key = keys[left];
        keys[left] = keys[right];
        keys[right] = key;
    }

    /** What comes after a batch that is not the last waits with the others. */
    private void insert(long key) {
        int at = left;
        while (at > 0 && scratch.isBetter(slotOf(keys[at - 1]), slotOf(key))) {
            at--;
        }
        if (at == 0 && from < end) {
            append(key);
            return;
        }
        // what was given leaves room before the others, or the batch is all there is
        if (left == from) {
            if (end == keys.length) {
                keys = Arrays.copyOf(keys, 2 * end);
            }
            System.arraycopy(keys, from, keys, from + 1, end - from);
            from++;
            end++;
        }
        System.arraycopy(keys, at, keys, at + 1, left - at);
        keys[at] = key;
        left++;
    }
}
