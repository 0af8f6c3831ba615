package dev.recsys.internal;

import dev.recsys.Scope;
import dev.recsys.control.Tenant.Status;
import dev.recsys.control.Tenants;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which tenants are suspended: what the control plane says; where it fails, what it said last of a tenant, else none is. */
public final class Standings {
    private final Tenants tenants;
    private final Set<String> suspended = ConcurrentHashMap.newKeySet(); // no others: any name may come from outside

    /** Asks a control plane. */
    public Standings(Tenants tenants) {
        this.tenants = tenants;
    }

    /**
     * What holds for a tenant.
     *
     * @param isSuspended whether it is suspended
     * @param failure why that is only what was said last, if so
     */
    public record Standing(boolean isSuspended, Optional<RuntimeException> failure) {
        private static final Standing ACTIVE = new Standing(false, Optional.empty());
        private static final Standing SUSPENDED = new Standing(true, Optional.empty());
    }

    /** Returns what holds for the tenant of a surface, without an allocation unless that fails. */
    public Standing of(Scope scope) {
        try {
            boolean isSuspended = tenants.current(scope).status() == Status.SUSPENDED;
            note(scope.tenant(), isSuspended);
            return isSuspended ? Standing.SUSPENDED : Standing.ACTIVE;
        } catch (RuntimeException e) {
            return new Standing(suspended.contains(scope.tenant()), Optional.of(e));
        }
    }

    private void note(String tenant, boolean isSuspended) {
        boolean isNoted = !suspended.isEmpty() && suspended.contains(tenant);
        if (isSuspended && !isNoted) {
            suspended.add(tenant);
        } else if (!isSuspended && isNoted) {
            suspended.remove(tenant);
        }
    }
}
