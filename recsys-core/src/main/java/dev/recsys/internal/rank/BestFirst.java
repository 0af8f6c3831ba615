package dev.recsys.internal.rank;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives the candidates of a request best first, equal scores by id. A list takes a few of many: so the best are put in order a batch at a
 * time, and most candidates are only compared with the last of a batch. What is popular and was not brought up joins when
 * nothing better is left.
 */
final class BestFirst {
    private static final int FIRST_BATCH = 48; // a list of twenty and what caps pass over

    private final Scratch scratch;
    private int[] batch = new int[FIRST_BATCH + 1]; // [position] slot; while it is chosen a heap with the last one at its root
    private int next; // position
    private int end; // position
    private int size; // of the batch to come
    private boolean isLast; // there is nothing beyond the batch
    private int given; // the slot that was given last, or 0
    private @Nullable Popularity popularity;

    BestFirst(Scratch scratch) {
        this.scratch = scratch;
    }

    /** Begins anew with the candidates that are eligible and not chosen. */
    void start() {
        next = 0;
        end = 0;
        size = FIRST_BATCH;
        given = 0;
        isLast = false;
    }

    /** Lets what is popular and not brought up yet come up when its turn is. */
    void follow(Popularity rest) {
        popularity = rest;
    }

    void clear() {
        popularity = null;
        next = 0;
        end = 0;
        isLast = true;
    }

    /** Returns the slot of the next best, or 0 if there is none. */
    int next() {
        if (next == end && !isLast) {
            chooseBatch();
        }
        while (popularity != null && popularity.leads(next == end ? -1 : scratch.score(batch[next]))) {
            int slot = popularity.next(scratch);
            if (slot > 0 && scratch.isCandidate(slot)) {
                insert(slot);
            }
        }
        if (next == end) {
            return 0;
        }
        given = batch[next++];
        return given;
    }

    /** Finds the best of those that come after the one that was given last. */
    private void chooseBatch() {
        next = 0;
        end = 0;
        batch = batch.length > size ? batch : new int[size + 1];
        float worst = 0; // of a full batch
        for (int slot = 1; slot <= scratch.count(); slot++) {
            float score = scratch.score(slot);
            if ((end < size || score >= worst) && scratch.isCandidate(slot) && isBeyond(slot)) {
                if (end < size) {
                    batch[end] = slot;
                    siftUp(end++);
                } else if (scratch.isBetter(slot, batch[0])) {
                    batch[0] = slot;
                    siftDown(end);
                }
                worst = scratch.score(batch[0]);
            }
        }
        isLast = end < size;
        size *= 4;
        sort();
    }

    private boolean isBeyond(int slot) {
        return given == 0 || scratch.isBetter(given, slot);
    }

    /** Takes the worst out of the heap again and again, to its end. */
    private void sort() {
        for (int last = end - 1; last > 0; last--) {
            int slot = batch[0];
            batch[0] = batch[last];
            batch[last] = slot;
            siftDown(last);
        }
    }

    /** What comes after a batch that is not the last waits for its own. */
    private void insert(int slot) {
        int at = end;
        while (at > next && scratch.isBetter(slot, batch[at - 1])) {
            at--;
        }
        if (at == end && !isLast) {
            return;
        }
        if (end == batch.length) {
            batch = Arrays.copyOf(batch, 2 * end);
        }
        System.arraycopy(batch, at, batch, at + 1, end - at);
        batch[at] = slot;
        end++;
    }

    private void siftUp(int from) {
        int slot = batch[from];
        int at = from;
        while (at > 0 && scratch.isBetter(batch[(at - 1) / 2], slot)) {
            batch[at] = batch[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        batch[at] = slot;
    }

    private void siftDown(int length) {
        int slot = batch[0];
        int at = 0;
        while (2 * at + 1 < length) {
            int child = 2 * at + 1;
            if (child + 1 < length && scratch.isBetter(batch[child], batch[child + 1])) {
                child++;
            }
            if (!scratch.isBetter(slot, batch[child])) {
                break;
            }
            batch[at] = batch[child];
            at = child;
        }
        batch[at] = slot;
    }
}
