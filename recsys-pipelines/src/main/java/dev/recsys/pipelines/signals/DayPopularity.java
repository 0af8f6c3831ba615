package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import dev.recsys.sums.PopularitySum;
import java.util.function.Consumer;

/** Sums of what events count by item, and how many there are; 16 bytes an item. */
final class DayPopularity {
    private final Events events;
    private final EventWeights weights;
    private final double[] amounts; // [item]
    private final int[] counts; // [item] of events
    private final int[] touched; // [entry] item
    private int touchedCount;

    DayPopularity(Events events, EventWeights weights) {
        this.events = events;
        this.weights = weights;
        this.amounts = new double[events.itemCount()];
        this.counts = new int[events.itemCount()];
        this.touched = new int[events.itemCount()];
    }

    void add(int event) {
        int item = events.itemOf(event);
        if (counts[item]++ == 0) {
            touched[touchedCount++] = item;
        }
        amounts[item] += weights.of(event);
    }

    /** Gives the sums as those of a segment, and starts again from none. */
    void drainTo(String segment, Consumer<PopularitySum> taker) {
        for (int i = 0; i < touchedCount; i++) {
            int item = touched[i];
            taker.accept(new PopularitySum(segment, events.itemId(item), amounts[item], counts[item]));
            amounts[item] = 0;
            counts[item] = 0;
        }
        touchedCount = 0;
    }
}
