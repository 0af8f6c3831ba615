package dev.recsys.cli;

import dev.recsys.control.Tenant;
import dev.recsys.control.Tenant.Status;
import dev.recsys.postgres.TenantEditor;
import picocli.CommandLine.Command;

@Command(name = "activate", description = "Ends the suspension of a tenant.")
final class TenantActivateCommand extends TenantChange {
    @Override
    Tenant change(TenantEditor tenants, String name, String reason) {
        return tenants.set(name, Status.ACTIVE, reason);
    }
}
