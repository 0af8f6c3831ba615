package dev.recsys.serve;

import dev.recsys.Scope;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the control plane get what is configured, never on a request's thread. What fails is logged when it begins and ends. */
final class Preparation {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRecommender.class);

    private final ControlPlane controls;
    private final AtomicBoolean failing = new AtomicBoolean();

    Preparation(ControlPlane controls) {
        this.controls = controls;
    }

    /** Never throws: what is known already holds. */
    void of(Scope scope) {
        try {
            controls.prepare().accept(scope);
            if (failing.compareAndSet(true, false)) {
                log.info("controls of {} can be had again", scope);
            }
        } catch (Throwable e) { // an Error too: it must not keep a release from being served
            if (failing.compareAndSet(false, true)) {
                log.warn("controls of {} could not be had; what is known of them holds: {}", scope, e.toString());
            }
        }
    }
}
