package dev.recsys.cli;

import dev.recsys.postgres.PostgresDatabase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "migrate",
        description = "Brings the tables to the state that this version needs, each step once, whoever else does so.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class DbMigrateCommand extends Action {
    @Mixin
    private DatabaseOptions database;

    @Option(
            names = "--grant-to",
            paramLabel = "ROLE",
            description =
                    "Also grant this role what serving and editing need; it cannot change tables then, nor reach a"
                            + " tenant's rows in the name of another.")
    private @Nullable String role;

    @Override
    Answer run() {
        try (PostgresDatabase opened = database.open()) {
            int steps = role == null ? opened.migrate() : opened.migrate(role);
            String granted = role == null ? "" : " Role " + role + " may serve and edit.";
            return Answer.done(
                    Json.object().put("steps", steps),
                    String.format(
                            "%s.%s%n",
                            steps == 0
                                    ? "The tables are up to date"
                                    : "The tables are up to date after " + steps + " steps",
                            granted));
        }
    }
}
