package dev.recsys.preview;

import dev.recsys.RecommendedItem;
import dev.recsys.control.Exposure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request ranked by both sides.
 *
 * @param exposure the request as it was logged
 * @param asked how many items were asked for
 * @param current the list of the current release; empty if there is none
 * @param candidate the list of the candidate
 */
record Compared(Exposure exposure, int asked, List<RecommendedItem> current, List<RecommendedItem> candidate) {
    private static final double BILLION = 1e9;

    int longer() {
        return Math.max(current.size(), candidate.size());
    }

    /**
     * What the items of both lists have in common.
     *
     * @param items how many there are
     * @param places by how many places they moved, together
     * @param billionths by how much their scores moved, as shares of the best of each list, together
     */
    record Common(long items, long places, long billionths) {}

    Common common() {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < current.size(); i++) {
            places.put(current.get(i).itemId(), i);
        }
        double bestOfCurrent = best(current);
        double bestOfCandidate = best(candidate);
        long items = 0;
        long moved = 0;
        long billionths = 0;
        for (int i = 0; i < candidate.size(); i++) {
            Integer before = places.get(candidate.get(i).itemId());
            if (before != null) {
                items++;
                moved += Math.abs(i - before);
                double was = current.get(before).score() / bestOfCurrent;
                double is = candidate.get(i).score() / bestOfCandidate;
                billionths += Math.round(BILLION * Math.abs(is - was));
            }
        }
        return new Common(items, moved, billionths);
    }

    boolean isIdentical() {
        boolean same = current.size() == candidate.size();
        for (int i = 0; same && i < current.size(); i++) {
            same = current.get(i).itemId().equals(candidate.get(i).itemId());
        }
        return same;
    }

    boolean hasSameFirst() {
        return !current.isEmpty()
                && !candidate.isEmpty()
                && current.get(0).itemId().equals(candidate.get(0).itemId());
    }

    /** Pins and diversity may bring the best score to any place; without scores the list counts as it is. */
    private static double best(List<RecommendedItem> list) {
        double best = list.stream().mapToDouble(RecommendedItem::score).max().orElse(0);
        return best == 0 ? 1 : best;
    }
}
