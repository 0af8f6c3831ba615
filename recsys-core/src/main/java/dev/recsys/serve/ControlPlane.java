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
import dev.recsys.control.TenantConfigs;
import dev.recsys.control.Versioned;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the host's control plane says of a surface; where it fails, what it said before.
 *
 * @param configs how lists are made
 * @param rules what people want of them
 * @param items what is known of items
 */
record ControlPlane(TenantConfigs configs, Rules rules, ItemTags items) {
    /** What a control plane that says nothing is taken for. */
    static final Said NOTHING = new Said(
            new Versioned<>("default", RankingConfig.DEFAULT),
            new Versioned<>("none", RuleSet.NONE),
            new Versioned<>("none", List.of()));

    static ControlPlane of(Controls controls) {
        return new ControlPlane(controls.configs(), controls.rules(), controls.items());
    }

    /** Returns one that says nothing. */
    static ControlPlane none() {
        return new ControlPlane(new FixedConfig(NOTHING.config()), new NoRules(), new NoItems());
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
        boolean hasItemsOf(Said other) {
            return items.version().equals(other.items.version());
        }
    }

    /**
     * Asks the control plane.
     *
     * @param before what it said before
     * @param degradations is told what could not be had
     */
    Said ask(Scope scope, @Nullable Said before, List<Degradation> degradations) {
        Said fallback = before == null ? NOTHING : before;
        return new Said(
                ask("configuration", () -> configs.current(scope), fallback.config(), degradations),
                ask("rules", () -> rules.current(scope), fallback.rules(), degradations),
                ask("item attributes", () -> items.current(scope), fallback.items(), degradations));
    }

    private static <T> T ask(String what, Supplier<T> source, T fallback, List<Degradation> degradations) {
        try {
            return source.get();
        } catch (RuntimeException e) {
            degradations.add(new Degradation(
                    Kind.CONTROL_UNAVAILABLE,
                    "the source of " + what + " failed: " + e.getClass().getSimpleName()));
            return fallback;
        }
    }
}
