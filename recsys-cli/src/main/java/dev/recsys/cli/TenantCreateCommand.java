package dev.recsys.cli;

import dev.recsys.control.Tenant;
import dev.recsys.postgres.TenantEditor;
import picocli.CommandLine.Command;

@Command(name = "create", description = "Creates a tenant: active, and served from artifacts.")
final class TenantCreateCommand extends TenantChange {
    @Override
    Tenant change(TenantEditor tenants, String name, String reason) {
        tenants.create(name, reason);
        return Tenant.ACTIVE;
    }
}
