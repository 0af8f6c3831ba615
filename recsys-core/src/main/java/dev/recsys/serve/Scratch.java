package dev.recsys.serve;

import dev.recsys.table.Catalogue;
import java.util.Arrays;

/**
 * The working memory of one request: a dense accumulator over all items and the list of those touched, so that clearing
 * costs what was used. Nine bytes an item. Used by one request at a time.
 */
final class Scratch {
    static final int EXCLUDED = 1;
    static final int RECENT = 2;
    static final int COOC = 4;
    static final int POPULARITY = 8;

    private final float[] scores; // [item]
    private final byte[] flags; // [item]
    private int[] touched = new int[1024]; // [position] item
    private int touchedCount;
    private int eligible;

    Scratch(int items) {
        this.scores = new float[items];
        this.flags = new byte[items];
    }

    /** Returns how many items there is room for. */
    int items() {
        return flags.length;
    }

    boolean has(int item, int flag) {
        return (flags[item] & flag) != 0;
    }

    int flags(int item) {
        return flags[item];
    }

    float score(int item) {
        return scores[item];
    }

    void mark(int item, int flag) {
        if (flags[item] == 0) {
            touch(item);
        }
        flags[item] |= (byte) flag;
    }

    /** Adds to an item's score on behalf of a signal; excluded items are counted too, and left out at the end. */
    void add(int item, float amount, int signal) {
        byte before = flags[item];
        if (before == 0) {
            touch(item);
        }
        if ((before & (EXCLUDED | COOC | POPULARITY)) == 0) {
            eligible++;
        }
        flags[item] = (byte) (before | signal);
        scores[item] += amount;
    }

    /** Returns how many items have a signal and are not excluded. */
    int eligible() {
        return eligible;
    }

    /** Scales the scores so far so that the best item that is not excluded has {@code weight}. */
    void scaleBestTo(float weight) {
        float best = 0;
        for (int i = 0; i < touchedCount; i++) {
            if ((flags[touched[i]] & EXCLUDED) == 0) {
                best = Math.max(best, scores[touched[i]]);
            }
        }
        double factor = best > 0 ? (double) weight / bounded(best) : 0;
        for (int i = 0; i < touchedCount; i++) {
            scores[touched[i]] = (float) (bounded(scores[touched[i]]) * factor);
        }
    }

    /** Sums of floats may overflow. */
    private static float bounded(float score) {
        return Math.min(score, Float.MAX_VALUE);
    }

    /** Moves the best eligible items to the front, best first, equal scores by id, and returns how many there are. */
    int selectBest(int k, Catalogue catalogue) {
        int candidates = 0;
        for (int i = 0; i < touchedCount; i++) {
            int item = touched[i];
            boolean isCandidate = (flags[item] & EXCLUDED) == 0 && (flags[item] & (COOC | POPULARITY)) != 0;
            if (isCandidate) {
                touched[i] = touched[candidates];
                touched[candidates++] = item;
            }
        }
        int wanted = Math.min(k, candidates);
        for (int root = candidates / 2 - 1; root >= 0; root--) {
            siftDown(root, candidates, catalogue);
        }
        for (int last = candidates - 1; last >= candidates - wanted; last--) {
            swap(0, last);
            siftDown(0, last, catalogue);
        }
        for (int i = 0; i < wanted; i++) {
            int from = candidates - 1 - i;
            if (i < from) {
                swap(i, from);
            } else {
                break;
            }
        }
        return wanted;
    }

    int touchedAt(int position) {
        return touched[position];
    }

    void clear() {
        for (int i = 0; i < touchedCount; i++) {
            scores[touched[i]] = 0;
            flags[touched[i]] = 0;
        }
        touchedCount = 0;
        eligible = 0;
    }

    private void touch(int item) {
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, touchedCount * 2);
        }
        touched[touchedCount++] = item;
    }

    /** Keeps the best item at the root. */
    private void siftDown(int from, int size, Catalogue catalogue) {
        int root = from;
        while (2 * root + 1 < size) {
            int child = 2 * root + 1;
            if (child + 1 < size && isBetter(touched[child + 1], touched[child], catalogue)) {
                child++;
            }
            if (!isBetter(touched[child], touched[root], catalogue)) {
                return;
            }
            swap(root, child);
            root = child;
        }
    }

    private boolean isBetter(int left, int right, Catalogue catalogue) {
        if (scores[left] != scores[right]) {
            return scores[left] > scores[right];
        }
        return catalogue.compareIds(left, right) < 0;
    }

    private void swap(int left, int right) {
        int item = touched[left];
        touched[left] = touched[right];
        touched[right] = item;
    }
}
