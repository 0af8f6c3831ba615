package dev.recsys.serve;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
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
import dev.recsys.control.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the host's control plane says of a surface; where it fails, what it said before.
 *
 * @param configs how lists are made
 * @param rules what people want of them
 * @param items what is known of items
 * @param tenants which tenants may be served
 * @param prepare gets what is configured of a surface; may wait and may fail
 * @param problem says why what is said may be out of date
 */
record ControlPlane(
        TenantConfigs configs,
        Rules rules,
        ItemTags items,
        Tenants tenants,
        Consumer<Scope> prepare,
        Function<Scope, Optional<String>> problem) {
    /** What a control plane that says nothing is taken for. */
    static final Said NOTHING = new Said(
            new Versioned<>("default", RankingConfig.DEFAULT),
            new Versioned<>("none", RuleSet.NONE),
            new Versioned<>("none", List.of()));

    static ControlPlane of(Controls controls) {
        return new ControlPlane(
                controls.configs(),
                controls.rules(),
                controls.items(),
                controls.tenants(),
                controls::prepare,
                controls::problem);
    }

    /** Returns one that says nothing. */
    static ControlPlane none() {
        return new ControlPlane(
                new FixedConfig(NOTHING.config()),
                new NoRules(),
                new NoItems(),
                scope -> Tenant.ACTIVE,
                scope -> {},
                scope -> Optional.empty());
    }

    /** Returns this control plane with one configuration for all. */
    ControlPlane withConfig(Versioned<RankingConfig> config) {
        return new ControlPlane(new FixedConfig(config), rules, items, tenants, prepare, problem);
    }

    /**
     * What the control plane says at one moment.
     *
     * @param config how lists are made
     * @param rules what people want of them
     * @param items what is known of items
     */
    record Said(
            Versioned<RankingConfig> config,
            Versioned<RuleSet> rules,
            Versioned<? extends Iterable<ItemAttributes>> items) {
        boolean hasItemsOf(String version) {
            return items.version().equals(version);
        }
    }

    /**
     * Asks the control plane everything.
     *
     * @param before what it said before
     * @param degradations is told what could not be had
     */
    Said ask(Scope scope, @Nullable Said before, List<Degradation> degradations) {
        Said fallback = before == null ? NOTHING : before;
        return new Said(
                config(scope, fallback, degradations),
                rules(scope, fallback, degradations),
                items(scope, fallback, degradations));
    }

    /** Asks for the configuration; what was said before takes its place if it cannot be had, as it does below. */
    Versioned<RankingConfig> config(Scope scope, Said before, List<Degradation> degradations) {
        try {
            return configs.current(scope);
        } catch (RuntimeException e) {
            degradations.add(failed("configuration", e));
            return before.config();
        }
    }

    Versioned<RuleSet> rules(Scope scope, Said before, List<Degradation> degradations) {
        try {
            return rules.current(scope);
        } catch (RuntimeException e) {
            degradations.add(failed("rules", e));
            return before.rules();
        }
    }

    Versioned<? extends Iterable<ItemAttributes>> items(Scope scope, Said before, List<Degradation> degradations) {
        try {
            return items.current(scope);
        } catch (RuntimeException e) {
            degradations.add(failed("item attributes", e));
            return before.items();
        }
    }

    /** Notes that what is said may be out of date, if so. */
    void addProblemTo(Scope scope, List<Degradation> degradations) {
        try {
            Optional<String> found = problem.apply(scope);
            if (found.isPresent()) {
                degradations.add(new Degradation(Kind.CONTROL_UNAVAILABLE, found.get()));
            }
        } catch (RuntimeException e) {
            degradations.add(failed("configuration", e));
        }
    }

    static Degradation failed(String what, RuntimeException e) {
        return new Degradation(
                Kind.CONTROL_UNAVAILABLE,
                "the source of " + what + " failed: " + e.getClass().getSimpleName());
    }
}
