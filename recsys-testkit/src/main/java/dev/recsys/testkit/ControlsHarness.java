package dev.recsys.testkit;

import dev.recsys.Scope;
import dev.recsys.control.Controls;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Tenant;
import java.util.List;

/**
 * A control plane with nothing in it, and how to put something there. Every {@code put} returns when readers see it: what
 * was put is then in force for {@link #controls()}, whatever has to happen for that, such as a look at a file or a
 * notification. Readers may see it before that. A put that is refused throws, and changes nothing.
 */
public interface ControlsHarness extends AutoCloseable {
    /** Returns the control plane that is tested; the same every time. */
    Controls controls();

    /** Puts a surface's own configuration. */
    void putConfig(Scope scope, RankingConfig config) throws Exception;

    /** Puts a configuration for all surfaces of a tenant. */
    void putConfig(String tenant, RankingConfig config) throws Exception;

    /** Puts a surface's own rules. */
    void putRules(Scope scope, RuleSet rules) throws Exception;

    /** Puts rules for all surfaces of a tenant. */
    void putRules(String tenant, RuleSet rules) throws Exception;

    /** Puts exactly these items in place of all those of a tenant. */
    void putItems(String tenant, List<ItemAttributes> items) throws Exception;

    /**
     * Says what holds for a tenant.
     *
     * @throws UnsupportedOperationException if the control plane knows no tenants; the tests that need them are overridden
     *     then with {@code @Disabled}
     */
    void putTenant(String tenant, Tenant what) throws Exception;

    /** Removes all. */
    @Override
    void close();
}
