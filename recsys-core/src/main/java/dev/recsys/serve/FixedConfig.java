package dev.recsys.serve;

import dev.recsys.Scope;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.TenantConfigs;
import dev.recsys.control.Versioned;
import java.util.Optional;

/**
 * One configuration for all.
 *
 * @param config which
 */
record FixedConfig(Versioned<RankingConfig> config) implements TenantConfigs {
    @Override
    public Versioned<RankingConfig> current(Scope scope) {
        return config;
    }

    @Override
    public Optional<RankingConfig> version(Scope scope, String version) {
        return Optional.of(config).filter(own -> own.version().equals(version)).map(Versioned::value);
    }
}
