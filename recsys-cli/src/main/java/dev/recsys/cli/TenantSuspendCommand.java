package dev.recsys.cli;

import dev.recsys.control.Tenant;
import dev.recsys.control.Tenant.Status;
import dev.recsys.postgres.TenantEditor;
import picocli.CommandLine.Command;

@Command(
        name = "suspend",
        description = "Suspends a tenant: its requests get empty answers that say so, and its builds are refused.")
final class TenantSuspendCommand extends TenantChange {
    @Override
    Tenant change(TenantEditor tenants, String name, String reason) {
        return tenants.set(name, Status.SUSPENDED, reason);
    }
}
