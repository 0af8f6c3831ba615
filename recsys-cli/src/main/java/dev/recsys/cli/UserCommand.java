package dev.recsys.cli;

import picocli.CommandLine.Command;

@Command(
        name = "user",
        description = "Erases what is known of a person in the database.",
        subcommands = UserForgetCommand.class)
final class UserCommand extends CommandGroup {}
