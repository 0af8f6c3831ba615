package dev.recsys.cli;

import picocli.CommandLine.Command;

@Command(
        name = "tenant",
        description = "Lists, creates, suspends and activates tenants in the database.",
        subcommands = {
            TenantListCommand.class,
            TenantCreateCommand.class,
            TenantSuspendCommand.class,
            TenantActivateCommand.class,
            TenantServeCommand.class
        })
final class TenantCommand extends CommandGroup {}
