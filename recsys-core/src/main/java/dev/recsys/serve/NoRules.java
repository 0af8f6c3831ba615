package dev.recsys.serve;

import dev.recsys.Scope;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Rules;
import dev.recsys.control.Versioned;
import java.util.Optional;

/** No rules for anybody. */
record NoRules() implements Rules {
    @Override
    public Versioned<RuleSet> current(Scope scope) {
        return ControlPlane.NOTHING.rules();
    }

    @Override
    public Optional<RuleSet> version(Scope scope, String version) {
        return Optional.of(current(scope))
                .filter(own -> own.version().equals(version))
                .map(Versioned::value);
    }
}
