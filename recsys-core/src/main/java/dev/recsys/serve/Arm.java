package dev.recsys.serve;

import dev.recsys.Assignment;
import dev.recsys.internal.rank.RankingPlan;
import java.util.Optional;

/**
 * What a request ranks by.
 *
 * @param assignment the variant of the experiment that it is for; none for everybody else
 * @param snapshot the release
 * @param plan the plan, of that release
 */
record Arm(Optional<Assignment> assignment, Snapshot snapshot, RankingPlan plan) {}
