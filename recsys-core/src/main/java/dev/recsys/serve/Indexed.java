package dev.recsys.serve;

import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Versioned;
import dev.recsys.internal.rank.ItemIndex;
import dev.recsys.internal.rank.RankingPlan;
import java.time.Instant;

/**
 * A release whose items were gone through.
 *
 * @param snapshot the release
 * @param index its items and those that the version has attributes of
 */
record Indexed(Snapshot snapshot, Versioned<ItemIndex> index) {
    long release() {
        return snapshot.revision().release();
    }

    RankingPlan plan(Versioned<RankingConfig> config, Versioned<RuleSet> rules, Instant now) {
        return new RankingPlan(snapshot.tables(), index, config, rules, now);
    }
}
