package dev.recsys.preview;

import dev.recsys.Recommendations.Versions;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.Controls;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Versioned;
import dev.recsys.internal.rank.ItemIndex;
import dev.recsys.internal.rank.RankingPlan;
import dev.recsys.internal.rank.ReleaseTables;
import dev.recsys.table.Catalogue;
import dev.recsys.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What both sides are ranked by, beside their tables: what is in force now, for that is what the next release will serve by.
 *
 * @param config how lists are made
 * @param rules what people want of them
 * @param items what is known of items
 * @param now when
 */
record Setting(
        Versioned<RankingConfig> config,
        Versioned<RuleSet> rules,
        Versioned<? extends Iterable<ItemAttributes>> items,
        Instant now) {
    static Setting of(Controls controls, Scope scope, Instant now) {
        controls.prepare(scope);
        return new Setting(
                controls.configs().current(scope),
                controls.rules().current(scope),
                controls.items().current(scope),
                now);
    }

    Versions versions() {
        return new Versions(config.version(), rules.version(), items.version());
    }

    /** Returns the plan of a release of these tables, numbered anew. */
    RankingPlan plan(Map<ArtifactType, Table> loaded) {
        SortedMap<ArtifactType, Table> tables = new TreeMap<>(loaded);
        Catalogue catalogue = Catalogue.of(List.copyOf(tables.values()));
        tables.replaceAll((type, table) -> table.renumbered(catalogue));
        ReleaseTables release = ReleaseTables.of(catalogue, tables);
        return new RankingPlan(
                release, new Versioned<>(items.version(), ItemIndex.of(release, items.value())), config, rules, now);
    }
}
