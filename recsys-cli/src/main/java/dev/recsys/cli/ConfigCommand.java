package dev.recsys.cli;

import dev.recsys.controls.RankingConfigDocument;
import dev.recsys.postgres.ControlEditor;
import picocli.CommandLine.Command;

@Command(
        name = "config",
        description = "Shows and changes configurations in the database, and brings earlier ones back.",
        subcommands = {
            DocumentGetCommand.class,
            DocumentPutCommand.class,
            DocumentHistoryCommand.class,
            DocumentDiffCommand.class,
            DocumentRollbackCommand.class,
            DocumentClearCommand.class
        })
final class ConfigCommand extends DocumentGroup {
    @Override
    Documents<?> documents() {
        return new Documents<>(ControlEditor::configs, RankingConfigDocument::read, RankingConfigDocument::write);
    }
}
