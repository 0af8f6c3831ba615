package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import java.util.Arrays;

/** Sums of event weights by item. */
final class ItemSums implements ItemScores {
    private final Events events;
    private final EventWeights weights;
    private final double[] sums; // [item], -1 if the item has no event yet
    private final int[] touched; // [entry] item
    private int touchedCount;

    ItemSums(Events events, EventWeights weights) {
        this.events = events;
        this.weights = weights;
        this.sums = new double[events.itemCount()];
        this.touched = new int[events.itemCount()];
        Arrays.fill(sums, -1);
    }

    @Override
    public void add(int event) {
        int item = events.itemOf(event);
        if (sums[item] < 0) {
            sums[item] = 0;
            touched[touchedCount++] = item;
        }
        sums[item] += weights.of(event);
    }

    @Override
    public void drainTo(BestItems best) {
        for (int i = 0; i < touchedCount; i++) {
            best.offer(touched[i], (float) sums[touched[i]]);
            sums[touched[i]] = -1;
        }
        touchedCount = 0;
    }
}
