package dev.recsys.control;

import dev.recsys.Scope;

/** Knows the tenants. Gives the guarantees of {@link TenantConfigs}; where it fails, what it said last holds, or {@link Tenant#ACTIVE}. */
public interface Tenants {
    /** Returns what holds for the tenant of a surface now; {@link Tenant#ACTIVE} for one that is not known. */
    Tenant current(Scope scope);
}
