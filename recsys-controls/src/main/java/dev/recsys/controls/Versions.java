package dev.recsys.controls;

import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Versioned;
import java.util.Collection;
import java.util.List;

/** Gives values the versions of their documents. */
final class Versions {
    private Versions() {}

    static Versioned<RankingConfig> of(RankingConfig config) {
        return new Versioned<>(RankingConfigDocument.etag(config), config);
    }

    static Versioned<RuleSet> of(RuleSet rules) {
        return new Versioned<>(RuleSetDocument.etag(rules), rules);
    }

    /** Returns items in the order of their ids, with the version of them all. */
    static Versioned<List<ItemAttributes>> of(Collection<ItemAttributes> items) {
        List<ItemAttributes> sorted = ItemAttributesDocument.sorted(items);
        return new Versioned<>(ItemAttributesDocument.etag(sorted), sorted);
    }
}
