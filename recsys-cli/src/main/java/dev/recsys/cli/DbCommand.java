package dev.recsys.cli;

import picocli.CommandLine.Command;

@Command(
        name = "db",
        description = "Prepares the tables of a PostgreSQL database, and looks whether they are as they should be.",
        subcommands = {DbMigrateCommand.class, DbCheckCommand.class})
final class DbCommand extends CommandGroup {}
