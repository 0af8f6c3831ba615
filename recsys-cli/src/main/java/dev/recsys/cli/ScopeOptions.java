package dev.recsys.cli;

import dev.recsys.Scope;
import picocli.CommandLine.Option;

/** Whose surface a command is about. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class ScopeOptions {
    @Option(names = "--tenant", required = true, paramLabel = "T", description = "The tenant.")
    private String tenant;

    @Option(names = "--surface", required = true, paramLabel = "S", description = "The surface.")
    private String surface;

    Scope scope() {
        return new Scope(tenant, surface);
    }

    String tenant() {
        return tenant;
    }

    String surface() {
        return surface;
    }
}
