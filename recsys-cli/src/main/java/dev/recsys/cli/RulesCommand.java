package dev.recsys.cli;

import dev.recsys.controls.RuleSetDocument;
import dev.recsys.postgres.ControlEditor;
import picocli.CommandLine.Command;

@Command(
        name = "rules",
        description = "Checks rules, shows and changes them in the database, and brings earlier ones back.",
        subcommands = {
            DocumentGetCommand.class,
            DocumentPutCommand.class,
            RulesLintCommand.class,
            DocumentHistoryCommand.class,
            DocumentDiffCommand.class,
            DocumentRollbackCommand.class,
            DocumentClearCommand.class
        })
final class RulesCommand extends DocumentGroup {
    @Override
    Documents<?> documents() {
        return new Documents<>(ControlEditor::rules, RuleSetDocument::read, RuleSetDocument::write);
    }
}
