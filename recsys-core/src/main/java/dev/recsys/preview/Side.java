package dev.recsys.preview;

import dev.recsys.internal.rank.RankingPlan;
import java.util.List;

/**
 * One release as the requests of a log are ranked by it.
 *
 * @param everybody the plan of those who are in no experiment
 * @param variants the plans of the variants of the experiment, in their order
 */
record Side(RankingPlan everybody, List<RankingPlan> variants) {
    /** Returns the plan of a variant by its number, or everybody's for -1. */
    RankingPlan plan(int variant) {
        return variant < 0 ? everybody : variants.get(variant);
    }
}
