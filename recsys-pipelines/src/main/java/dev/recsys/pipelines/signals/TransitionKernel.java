package dev.recsys.pipelines.signals;

import java.util.Optional;

/** Adds up what follows an item, in a dense array as {@link RowKernel} does. Holds 20 bytes an item. */
final class TransitionKernel implements RowSource {
    private final SessionSeqSettings settings;
    private final Visits visits;
    private final double[] byDistance; // [steps]
    private final double gapHalfLifeMillis; // infinite if time makes no difference
    private final long[] sums; // [item] in units, for sessions come in any order
    private final int[] support; // [item] sessions
    private final int[] lastSession; // [item] end of the session that was counted last, 0 for none
    private final int[] touched; // [entry] item
    private final BestItems best;
    private int touchedCount;

    TransitionKernel(SessionSeqSettings settings, Visits visits, IdOrder ids) {
        this.settings = settings;
        this.visits = visits;
        this.byDistance = new PairWeights(settings.stepDecay(), settings.maxSteps(), Optional.empty()).byDistance();
        this.gapHalfLifeMillis =
                settings.gapHalfLife().map(half -> (double) half.toMillis()).orElse(Double.POSITIVE_INFINITY);
        this.sums = new long[visits.itemCount()];
        this.support = new int[visits.itemCount()];
        this.lastSession = new int[visits.itemCount()];
        this.touched = new int[visits.itemCount()];
        this.best = new BestItems(ids, settings.neighbours());
    }

    @Override
    public Optional<NeighbourRow> row(int item) {
        touchedCount = 0;
        long all = 0;
        for (int entry = visits.start(item); entry < visits.end(item); entry++) {
            all += addFollowers(item, visits.position(entry));
        }
        for (int i = 0; i < touchedCount; i++) {
            int next = touched[i];
            if (support[next] >= settings.minSupport()) {
                double share = (double) sums[next] / all;
                float score = (float) (share * support[next] / (support[next] + settings.shrinkage()));
                if (score > 0) {
                    best.offer(next, score);
                }
            }
            sums[next] = 0;
            support[next] = 0;
            lastSession[next] = 0;
        }
        return best.drain(item);
    }

    /** Returns the sum of what was added. */
    private long addFollowers(int item, int position) {
        int sessionEnd = visits.sessionEnd(position);
        int end = Math.min(sessionEnd, position + byDistance.length);
        long added = 0;
        for (int later = position + 1; later < end; later++) {
            int next = visits.item(later);
            if (next == item) {
                continue;
            }
            if (sums[next] == 0) {
                touched[touchedCount++] = next;
            }
            if (lastSession[next] != sessionEnd) {
                lastSession[next] = sessionEnd;
                support[next]++;
            }
            long weight = PairShares.units(
                    byDistance[later - position] * byGap(visits.millis(later) - visits.millis(position)));
            sums[next] += weight;
            added += weight;
        }
        return added;
    }

    private double byGap(long gapMillis) {
        return gapMillis == 0 || gapHalfLifeMillis == Double.POSITIVE_INFINITY
                ? 1
                : StrictMath.pow(2, -gapMillis / gapHalfLifeMillis);
    }
}
