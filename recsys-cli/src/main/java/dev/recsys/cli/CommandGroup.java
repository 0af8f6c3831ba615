package dev.recsys.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing but hold others. */
@Command(versionProvider = Version.class, mixinStandardHelpOptions = true, usageHelpAutoWidth = true)
abstract class CommandGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public final void run() {
        throw new ParameterException(
                spec.commandLine(),
                "recsys " + spec.name() + " takes one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
