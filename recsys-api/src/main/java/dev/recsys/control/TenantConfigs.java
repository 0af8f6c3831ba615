package dev.recsys.control;

import dev.recsys.Scope;
import java.util.Optional;

/**
 * Knows how the lists of each surface are made.
 *
 * <p>Guarantees an implementation gives: {@link #current} answers from memory, without I/O and without waiting, for it is
 * asked on the request path; it returns the same object until something changes; it is safe for concurrent use. An
 * exception costs the request what is configured, and nothing else: the configuration that was used last, or the default,
 * takes its place.
 */
public interface TenantConfigs {
    /** Returns the configuration in force: of the surface, else of its tenant, else the default. */
    Versioned<RankingConfig> current(Scope scope);

    /** Returns a configuration that was in force once, for replay; may wait for I/O. Empty if it is not kept any more. */
    Optional<RankingConfig> version(Scope scope, String version);
}
