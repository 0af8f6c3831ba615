package dev.recsys.postgres;

import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Tenant;
import dev.recsys.control.Versioned;
import dev.recsys.controls.ItemAttributesDocument;
import java.util.List;
import java.util.Map;

/**
 * All that is configured for one tenant at one moment. What stays the same from one state to the next stays the same
 * object.
 *
 * @param tenant what holds for the tenant
 * @param configs configurations, by surface; that of all others under the empty name
 * @param rules rules, likewise
 * @param items the items
 */
record TenantState(
        Tenant tenant,
        Map<String, Versioned<RankingConfig>> configs,
        Map<String, Versioned<RuleSet>> rules,
        Versioned<List<ItemAttributes>> items) {
    /** What is configured for a tenant of whom nothing is known. */
    static final TenantState NOTHING = new TenantState(
            Tenant.ACTIVE, Map.of(), Map.of(), new Versioned<>(ItemAttributesDocument.etag(List.of()), List.of()));

    TenantState {
        configs = Map.copyOf(configs);
        rules = Map.copyOf(rules);
    }

    Versioned<RankingConfig> config(String surface) {
        return inForce(configs, surface, DocumentKind.CONFIG);
    }

    Versioned<RuleSet> rules(String surface) {
        return inForce(rules, surface, DocumentKind.RULES);
    }

    private static <T> Versioned<T> inForce(Map<String, Versioned<T>> documents, String surface, DocumentKind<T> kind) {
        Versioned<T> own = documents.get(surface);
        if (own != null) {
            return own;
        }
        Versioned<T> ofTenant = documents.get("");
        return ofTenant == null ? kind.forAll() : ofTenant;
    }
}
