package dev.recsys.cli;

import picocli.CommandLine.Command;

@Command(
        name = "tags",
        description = "Brings what is known of items into the database: brand, categories, tags, price, availability.",
        subcommands = TagsImportCommand.class)
final class TagsCommand extends CommandGroup {}
