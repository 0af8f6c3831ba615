package dev.recsys.control;

import dev.recsys.Scope;
import java.util.Optional;

/**
 * Knows the rules of each surface. Gives the guarantees of {@link TenantConfigs}; without the rules of its surface, a
 * request is answered by those that were used last, or none, and says so.
 */
public interface Rules {
    /** Returns the rules in force: of the surface, else of its tenant, else none. */
    Versioned<RuleSet> current(Scope scope);

    /** Returns rules that were in force once, for replay; may wait for I/O. Empty if they are not kept any more. */
    Optional<RuleSet> version(Scope scope, String version);
}
