package dev.recsys.cli;

import dev.recsys.control.Tenant;
import dev.recsys.postgres.TenantEditor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that changes one tenant. */
@SuppressWarnings("NullAway.Init") // set by picocli
abstract class TenantChange extends Action {
    @Mixin
    private EditOptions edit;

    @Parameters(paramLabel = "TENANT", description = "The tenant.")
    private String tenant;

    /** Makes the change, and returns what holds afterwards. */
    abstract Tenant change(TenantEditor tenants, String name, String reason);

    @Override
    final Answer run() {
        Tenant after = edit.with(editor -> change(editor.tenants(), tenant, edit.reason()));
        String status = TenantListCommand.word(after.status());
        String serving = TenantListCommand.word(after.serving());
        return Answer.done(
                Json.object().put("tenant", tenant).put("status", status).put("serving", serving),
                String.format("Tenant %s is %s, served from %s.%n", tenant, status, serving));
    }
}
