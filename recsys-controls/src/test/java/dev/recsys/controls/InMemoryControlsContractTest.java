package dev.recsys.controls;

import dev.recsys.Scope;
import dev.recsys.control.Controls;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Tenant;
import dev.recsys.testkit.ControlsContract;
import dev.recsys.testkit.ControlsHarness;
import java.util.List;

final class InMemoryControlsContractTest extends ControlsContract {
    @Override
    protected ControlsHarness newHarness() {
        InMemoryControls controls = InMemoryControls.create();
        return new ControlsHarness() {
            @Override
            public Controls controls() {
                return controls;
            }

            @Override
            public void putConfig(Scope scope, RankingConfig config) {
                controls.putConfig(scope, config);
            }

            @Override
            public void putConfig(String tenant, RankingConfig config) {
                controls.putConfig(tenant, config);
            }

            @Override
            public void putRules(Scope scope, RuleSet rules) {
                controls.putRules(scope, rules);
            }

            @Override
            public void putRules(String tenant, RuleSet rules) {
                controls.putRules(tenant, rules);
            }

            @Override
            public void putItems(String tenant, List<ItemAttributes> items) {
                controls.putItems(tenant, items);
            }

            @Override
            public void putTenant(String tenant, Tenant what) {
                controls.putTenant(tenant, what);
            }

            @Override
            public void close() {}
        };
    }
}
