package dev.recsys.cli;

import dev.recsys.postgres.PostgresDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "check",
        description = "Looks whether the database answers and its tables are those that this version needs.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class DbCheckCommand extends Action {
    @Mixin
    private DatabaseOptions database;

    @Override
    Answer run() {
        try (PostgresDatabase opened = database.open()) {
            opened.requireCurrent();
            return Answer.done(Json.object().put("current", true), String.format("The tables are up to date.%n"));
        }
    }
}
