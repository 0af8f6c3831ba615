package dev.recsys.pipelines.signals;

import java.util.Optional;

/** The cosines of one item with those that share a feature with it, added up feature by feature. Holds 12 bytes an item. */
final class ContentKernel implements RowSource {
    private final ContentIndex index;
    private final int maxPostings;
    private final double[] sums; // [item]
    private final int[] touched; // [entry] item
    private final BestItems best;

    ContentKernel(ContentSettings settings, ContentIndex index, IdOrder ids) {
        this.index = index;
        this.maxPostings = settings.maxPostings();
        this.sums = new double[index.itemCount()];
        this.touched = new int[index.itemCount()];
        this.best = new BestItems(ids, settings.neighbours());
    }

    @Override
    public Optional<NeighbourRow> row(int item) {
        int touchedCount = 0;
        for (int position = index.start(item); position < index.end(item); position++) {
            int start = index.postingStart(index.feature(position));
            int end = (int) Math.min(index.postingEnd(index.feature(position)), (long) start + maxPostings);
            double weight = index.weight(position);
            for (int entry = start; entry < end; entry++) {
                int other = index.postingItem(entry);
                if (sums[other] == 0) {
                    touched[touchedCount++] = other;
                }
                sums[other] += weight * index.postingWeight(entry);
            }
        }
        for (int i = 0; i < touchedCount; i++) {
            float score = (float) sums[touched[i]];
            if (touched[i] != item && score > 0) {
                best.offer(touched[i], score);
            }
            sums[touched[i]] = 0;
        }
        return best.drain(item);
    }
}
