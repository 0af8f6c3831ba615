package dev.recsys.cli;

import dev.recsys.control.Tenant;
import dev.recsys.control.Tenant.Serving;
import dev.recsys.postgres.TenantEditor;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        description =
                "Says where a tenant's recommendations come from: releases of artifacts, or tables of the database.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class TenantServeCommand extends TenantChange {
    @Option(names = "--from", required = true, paramLabel = "WHERE", description = "artifacts or tables.")
    private String from;

    @Override
    Tenant change(TenantEditor tenants, String name, String reason) {
        return tenants.set(name, serving(), reason);
    }

    private Serving serving() {
        try {
            return Serving.valueOf(from.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--from is '" + from + "'; expected artifacts or tables", e);
        }
    }
}
