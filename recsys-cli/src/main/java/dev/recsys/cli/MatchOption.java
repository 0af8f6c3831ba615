package dev.recsys.cli;

import picocli.CommandLine.Option;

/** Which version is to be replaced. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class MatchOption {
    @Option(
            names = "--if-match",
            required = true,
            paramLabel = "VERSION",
            description = "The version that is to be replaced, as get prints it; if another is in force: exit 4.")
    private String version;

    String version() {
        return version;
    }
}
