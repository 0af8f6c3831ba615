package dev.recsys.cli;

import picocli.CommandLine.Command;

@Command(
        name = "log",
        description = "Logs of what was shown and what users did.",
        subcommands = {LogExportCommand.class, LogForgetCommand.class})
final class LogCommand extends CommandGroup {}
