package dev.recsys.controls;

import dev.recsys.Scope;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.ItemTags;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Rules;
import dev.recsys.control.TenantConfigs;
import dev.recsys.control.Versioned;
import java.util.List;
import java.util.Optional;

/** What the three interfaces of a control plane have in common, and each of them over it. */
interface Source<T> {
    /** Returns what is in force, without waiting. */
    Versioned<T> current(Scope scope);

    /** Returns what was in force once, if it is kept. */
    Optional<T> version(Scope scope, String version);

    static TenantConfigs configs(Source<RankingConfig> source) {
        return new TenantConfigs() {
            @Override
            public Versioned<RankingConfig> current(Scope scope) {
                return source.current(scope);
            }

            @Override
            public Optional<RankingConfig> version(Scope scope, String version) {
                return source.version(scope, version);
            }
        };
    }

    static Rules rules(Source<RuleSet> source) {
        return new Rules() {
            @Override
            public Versioned<RuleSet> current(Scope scope) {
                return source.current(scope);
            }

            @Override
            public Optional<RuleSet> version(Scope scope, String version) {
                return source.version(scope, version);
            }
        };
    }

    static ItemTags items(Source<List<ItemAttributes>> source) {
        return new ItemTags() {
            @Override
            public Versioned<List<ItemAttributes>> current(Scope scope) {
                return source.current(scope);
            }

            @Override
            public Optional<List<ItemAttributes>> version(Scope scope, String version) {
                return source.version(scope, version);
            }
        };
    }
}
