package dev.recsys.cli;

import picocli.CommandLine.Command;

@Command(
        name = "tables",
        description = "Fills the tables of a database that take the place of a store, and compares what they serve.",
        subcommands = {TablesFillCommand.class, TablesCompareCommand.class})
final class TablesCommand extends CommandGroup {}
