package dev.recsys.preview;

import dev.recsys.Assignment;
import dev.recsys.Recommendations.Versions;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.Controls;
import dev.recsys.control.Experiment;
import dev.recsys.control.Exposure;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Variant;
import dev.recsys.control.Versioned;
import dev.recsys.internal.rank.ItemIndex;
import dev.recsys.internal.rank.RankingPlan;
import dev.recsys.internal.rank.ReleaseTables;
import dev.recsys.table.Catalogue;
import dev.recsys.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Returns the variants of the experiment; none if there is no experiment, or it is off because their rules contradict others. */
    List<Variant> variants() {
        List<Variant> variants =
                config.value().experiment().map(Experiment::variants).orElse(List.of());
        try {
            variants.forEach(variant -> variant.over(rules.value()));
            return variants;
        } catch (IllegalArgumentException e) {
            return List.of(); // serving gives everybody's list to all, too
        }
    }

    /** Returns the number of the variant that a request was given, if it is one of those in force, or -1. */
    int variantOf(Exposure exposure, List<Variant> variants) {
        Optional<Assignment> given = exposure.answer().assignment();
        boolean isInForce = given.isPresent()
                && config.value()
                        .experiment()
                        .filter(experiment ->
                                experiment.name().equals(given.get().experiment()))
                        .isPresent();
        return isInForce
                ? variants.stream()
                        .map(Variant::name)
                        .toList()
                        .indexOf(given.get().variant())
                : -1;
    }

    /** Returns a release of these tables, numbered anew. */
    Side side(Map<ArtifactType, Table> loaded) {
        SortedMap<ArtifactType, Table> tables = new TreeMap<>(loaded);
        Catalogue catalogue = Catalogue.of(List.copyOf(tables.values()));
        tables.replaceAll((type, table) -> table.renumbered(catalogue));
        ReleaseTables release = ReleaseTables.of(catalogue, tables);
        RankingPlan everybody = new RankingPlan(
                release, new Versioned<>(items.version(), ItemIndex.of(release, items.value())), config, rules, now);
        return new Side(
                everybody,
                variants().stream().map(variant -> plan(everybody, variant)).toList());
    }

    private RankingPlan plan(RankingPlan everybody, Variant variant) {
        return everybody.with(
                new Versioned<>(config.version(), variant.config().orElse(config.value())),
                new Versioned<>(rules.version(), variant.over(rules.value())),
                now);
    }
}
