package dev.recsys.testkit;

import dev.recsys.Scope;
import dev.recsys.control.Controls;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import java.util.List;

/**
 * A control plane with nothing in it, and how to put something there. What was put is in force for {@link #controls()} when
 * the call returns.
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

    /** Removes all. */
    @Override
    void close();
}
