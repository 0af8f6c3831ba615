package dev.recsys.postgres;

import dev.recsys.NotFoundException;
import dev.recsys.RecsysException;
import dev.recsys.RefusedException;
import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import dev.recsys.control.PublishListener;
import dev.recsys.control.Tenant;
import dev.recsys.postgres.Change.Author;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets builds of active tenants alone be published, and audits what was published, which tells all processes to look for
 * it at once.
 *
 * <p>While the database is away nothing is shipped, for nobody knows whether the tenant is suspended; whoever is on call can
 * still roll back, hold and pin: that is then missing from the audit, and in the log and in the surface's history.
 */
public final class PostgresPublications implements PublishListener {
    private static final Logger log = LoggerFactory.getLogger(PostgresPublications.class);
    private static final Set<String> BRINGS_SOMETHING_NEW = Set.of("create", "ship", "promote");

    private final Transactions transactions;

    PostgresPublications(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Refuses what would bring something new for a tenant that is suspended.
     *
     * @throws RefusedException with the gate {@code tenant}, if it is suspended
     * @throws NotFoundException if there is no such tenant in the database
     * @throws dev.recsys.StoreUnavailableException if the database did not answer, for what would bring something new
     */
    @Override
    public void permit(Scope scope, String action, String by) {
        if (!BRINGS_SOMETHING_NEW.contains(action)) {
            return;
        }
        String what = "Asking whether tenant " + scope.tenant() + " is active";
        Optional<Tenant> tenant =
                transactions.read(scope.tenant(), what, connection -> TenantLock.find(connection, scope.tenant()));
        if (tenant.isEmpty()) {
            throw TenantLock.unknown(scope.tenant());
        }
        TenantLock.requireActive(scope, tenant.get());
    }

    @Override
    public void published(Revision revision, Optional<Revision> before) {
        Scope scope = revision.scope();
        Change change = new Change(
                UUID.randomUUID(),
                scope.tenant(),
                scope.surface(),
                "release",
                revision.operation().kind(),
                new Author(revision.operation().by(), revision.operation().reason()));
        try {
            var unused = transactions.write(scope.tenant(), change.id(), "Auditing " + text(revision), connection -> {
                change.audit(connection, before.map(PostgresPublications::text).orElse(""), text(revision));
                return change.id();
            });
        } catch (RecsysException e) {
            log.error(
                    "{} of {} to {} is not in the audit, and other processes see it when their interval is over: {}",
                    change.action(),
                    scope,
                    text(revision),
                    e.getMessage());
        }
    }

    private static String text(Revision revision) {
        return "release " + revision.release() + ", revision " + revision.epoch() + "." + revision.seq();
    }
}
