package dev.recsys.controls;

import dev.recsys.ConflictException;
import dev.recsys.Scope;
import dev.recsys.control.Controls;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.ItemTags;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Rules;
import dev.recsys.control.Tenant;
import dev.recsys.control.TenantConfigs;
import dev.recsys.control.Tenants;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps what a host configures in memory: what was put is in force when the call returns, for whoever asks next, as a
 * whole. A surface without a configuration or rules of its own has those of its tenant, and a tenant without any has
 * {@link RankingConfig#DEFAULT} and no rules.
 *
 * <p>Earlier versions are kept for replay: of configurations and rules the last {@value #KEPT} of each place, of items the
 * last {@value #KEPT_ITEMS} of each tenant. A version is that of the documents: {@code sha256-} and the digest of the
 * canonical JSON. Safe for concurrent use; a reader never waits.
 */
public final class InMemoryControls implements Controls {
    /** How many versions of a configuration and of rules are kept for each place, the one in force included. */
    public static final int KEPT = 1_000;

    /** How many versions of a tenant's items are kept, the one in force included. */
    public static final int KEPT_ITEMS = 20;

    private final History<RankingConfig> configs =
            new History<>("the configuration", Versions.of(RankingConfig.DEFAULT), KEPT);
    private final History<RuleSet> rules = new History<>("the rule set", Versions.of(RuleSet.NONE), KEPT);
    private final History<List<ItemAttributes>> items =
            new History<>("the items", Versions.of(List.<ItemAttributes>of()), KEPT_ITEMS);

    private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();

    private InMemoryControls() {}

    /** Returns one with nothing in it: every surface has the defaults. */
    public static InMemoryControls create() {
        return new InMemoryControls();
    }

    /** Puts a surface's own configuration in force and returns its version. */
    public String putConfig(Scope scope, RankingConfig config) {
        return configs.put(Place.of(scope), Versions.of(config));
    }

    /**
     * Puts a surface's own configuration in force, if the given version is in force for it now, and returns its version.
     *
     * @throws ConflictException if another version is in force; nothing changed then
     */
    public String putConfig(Scope scope, RankingConfig config, String ifMatch) {
        return configs.put(Place.of(scope), Versions.of(config), ifMatch);
    }

    /**
     * Puts a configuration in force for those surfaces of a tenant that have none of their own, and returns its version.
     *
     * @throws IllegalArgumentException if the name is not valid, see {@link Scope}
     */
    public String putConfig(String tenant, RankingConfig config) {
        return configs.put(Place.of(tenant), Versions.of(config));
    }

    /**
     * As {@link #putConfig(String, RankingConfig)}, if the given version is in force for the tenant now.
     *
     * @throws ConflictException if another version is in force; nothing changed then
     */
    public String putConfig(String tenant, RankingConfig config, String ifMatch) {
        return configs.put(Place.of(tenant), Versions.of(config), ifMatch);
    }

    /** Puts a surface's own rules in force and returns their version. */
    public String putRules(Scope scope, RuleSet set) {
        return rules.put(Place.of(scope), Versions.of(set));
    }

    /**
     * Puts a surface's own rules in force, if the given version is in force for it now, and returns their version.
     *
     * @throws ConflictException if another version is in force; nothing changed then
     */
    public String putRules(Scope scope, RuleSet set, String ifMatch) {
        return rules.put(Place.of(scope), Versions.of(set), ifMatch);
    }

    /**
     * Puts rules in force for those surfaces of a tenant that have none of their own, and returns their version.
     *
     * @throws IllegalArgumentException if the name is not valid, see {@link Scope}
     */
    public String putRules(String tenant, RuleSet set) {
        return rules.put(Place.of(tenant), Versions.of(set));
    }

    /**
     * As {@link #putRules(String, RuleSet)}, if the given version is in force for the tenant now.
     *
     * @throws ConflictException if another version is in force; nothing changed then
     */
    public String putRules(String tenant, RuleSet set, String ifMatch) {
        return rules.put(Place.of(tenant), Versions.of(set), ifMatch);
    }

    /**
     * Puts exactly these items in place of all that were known of a tenant, and returns their version. Takes time in
     * proportion to their number, outside of any lock that a reader needs.
     *
     * @throws IllegalArgumentException if an id is there twice, or the tenant's name is not valid
     */
    public String putItems(String tenant, Collection<ItemAttributes> all) {
        return items.put(Place.of(tenant), Versions.of(all));
    }

    /**
     * Puts these items to those that are known of a tenant, in place of the ones with the same ids, and returns the version
     * of them all. Takes time in proportion to the number of all: give many at once.
     *
     * @throws IllegalArgumentException if an id is there twice, or the tenant's name is not valid
     */
    public String upsertItems(String tenant, Collection<ItemAttributes> some) {
        List<ItemAttributes> changed = ItemAttributesDocument.sorted(some);
        return items.update(Place.of(tenant), before -> {
            Map<String, ItemAttributes> merged = new TreeMap<>();
            before.forEach(item -> merged.put(item.itemId(), item));
            changed.forEach(item -> merged.put(item.itemId(), item));
            return Versions.of(merged.values());
        });
    }

    /**
     * Says what holds for a tenant from now on.
     *
     * @throws IllegalArgumentException if the name is not valid
     */
    public void putTenant(String name, Tenant tenant) {
        tenants.put(Place.of(name).tenant(), tenant);
    }

    @Override
    public Tenants tenants() {
        return scope -> tenants.getOrDefault(scope.tenant(), Tenant.ACTIVE);
    }

    /** Does nothing: all is in memory. */
    @Override
    public void prepare(Scope scope) {}

    /** Returns nothing: what was put is in force. */
    @Override
    public Optional<String> problem(Scope scope) {
        return Optional.empty();
    }

    @Override
    public TenantConfigs configs() {
        return Source.configs(configs);
    }

    @Override
    public Rules rules() {
        return Source.rules(rules);
    }

    @Override
    public ItemTags items() {
        return Source.items(items);
    }
}
