package dev.recsys.publish;

import dev.recsys.RefusedException;
import dev.recsys.RefusedException.Refusal;
import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import dev.recsys.control.Controls;
import dev.recsys.control.PublishListener;
import dev.recsys.internal.Standings;
import dev.recsys.internal.Standings.Standing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses whatever would bring something new to a suspended tenant: {@code create}, {@code ship} and {@code promote}. All
 * else is permitted, so that whoever is on call can go back, hold and tidy up. Where the control plane does not say whether
 * the tenant is suspended, what it said last to this gate holds, else that it is not.
 */
public final class TenantGate implements PublishListener {
    /** The name of the gate in {@link RefusedException#refusals()}. */
    public static final String NAME = "tenant";

    private static final Logger log = LoggerFactory.getLogger(ManifestPublisher.class);
    private static final Set<String> BRINGING_NEWS = Set.of("create", "ship", "promote");

    private final Controls controls;
    private final Standings standings;

    private TenantGate(Controls controls) {
        this.controls = controls;
        this.standings = new Standings(controls.tenants());
    }

    /** Returns a gate that asks a control plane, which gets what it knows anew for every question. */
    public static TenantGate over(Controls controls) {
        return new TenantGate(controls);
    }

    @Override
    public void permit(Scope scope, String action, String by) {
        if (!BRINGING_NEWS.contains(action)) {
            return;
        }
        prepare(scope);
        Standing standing = standings.of(scope);
        standing.failure()
                .ifPresent(e -> log.warn("whether {} is suspended cannot be had: {}", scope.tenant(), e.toString()));
        if (standing.isSuspended()) {
            throw new RefusedException(
                    scope,
                    List.of(new Refusal(
                            NAME,
                            "tenant " + scope.tenant() + " is suspended, and a " + action
                                    + " would bring it something new. Activate the tenant first; a rollback is possible"
                                    + " as it is.")));
        }
    }

    private void prepare(Scope scope) {
        try {
            controls.prepare(scope);
        } catch (RuntimeException e) {
            log.warn("controls of {} could not be had; what is known of them holds: {}", scope, e.toString());
        }
    }

    /** Does nothing. */
    @Override
    public void published(Revision revision, Optional<Revision> before) {}
}
