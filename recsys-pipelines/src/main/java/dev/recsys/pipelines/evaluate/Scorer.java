package dev.recsys.pipelines.evaluate;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.signals.ItemModel;
import java.util.Arrays;
import java.util.Map;

/**
 * Scores all items for one question as they are served: each signal's neighbours of the recent items summed, an item
 * further back counting less; each signal scaled so that its best item that is not recent has the signal's weight; the
 * signals added. Popular items behind the blend's head count only where no other signal has the item. Used by one thread
 * at a time; shared tables, 16 bytes an item of its own.
 */
final class Scorer {
    private final Served served;
    private final Blend blend;
    private final double[] signal; // [item]
    private final double[] scores; // [item]

    Scorer(Served served, Blend blend) {
        this.served = served;
        this.blend = blend;
        this.signal = new double[served.items().size()];
        this.scores = new double[served.items().size()];
    }

    /**
     * Returns the score of each item, 0 where no signal has it, negative infinity for recent ones; overwritten by the next call.
     *
     * @param recent most recent first
     * @param ordered whether that order means something; else all count alike
     */
    double[] score(int[] recent, boolean ordered) {
        Arrays.fill(scores, 0);
        for (Map.Entry<ArtifactType, ItemModel> entry : served.neighbours().entrySet()) {
            double weight = blend.weight(entry.getKey());
            if (weight > 0) {
                Arrays.fill(signal, 0);
                addNeighbours(entry.getValue(), recent, ordered);
                addScaled(weight, recent);
            }
        }
        if (served.hasPopularity() && blend.weight(ArtifactType.POPULARITY) > 0) {
            takePopularity();
            addScaled(blend.weight(ArtifactType.POPULARITY), recent);
        }
        for (int item : recent) {
            scores[item] = Double.NEGATIVE_INFINITY;
        }
        return scores;
    }

    private void addNeighbours(ItemModel rows, int[] recent, boolean ordered) {
        int count = ordered ? Math.min(recent.length, blend.maxRecentItems()) : recent.length;
        double itemWeight = 1;
        for (int i = 0; i < count; i++) {
            rows.addRow(recent[i], itemWeight, signal);
            itemWeight *= ordered ? blend.recencyDecay() : 1;
        }
    }

    private void takePopularity() {
        for (int item = 0; item < signal.length; item++) {
            boolean counts = scores[item] == 0 || served.popularityPlace(item) < blend.popularityHead();
            signal[item] = counts ? served.popularity(item) : 0;
        }
    }

    private void addScaled(double weight, int[] recent) {
        for (int item : recent) {
            signal[item] = 0;
        }
        double best = 0;
        for (double score : signal) {
            best = Math.max(best, score);
        }
        if (best == 0) {
            return;
        }
        double factor = weight / best;
        for (int item = 0; item < scores.length; item++) {
            scores[item] += signal[item] * factor;
        }
    }
}
