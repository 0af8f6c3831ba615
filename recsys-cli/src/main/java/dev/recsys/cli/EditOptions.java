package dev.recsys.cli;

import dev.recsys.postgres.ControlEditor;
import dev.recsys.postgres.PostgresDatabase;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who changes what is configured in a database, and why. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class EditOptions {
    @Mixin
    private DatabaseOptions database;

    @Option(names = "--by", paramLabel = "WHO", description = "Who does this; by default the user of this process.")
    private @Nullable String by;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded.")
    private String reason;

    String reason() {
        return reason;
    }

    /** Runs a piece of work with an editor over the database. */
    <T> T with(Function<ControlEditor, T> work) {
        String user = System.getProperty("user.name", "unknown");
        return with(database, by == null ? user : by, work);
    }

    /** Runs a piece of work that only reads. */
    static <T> T reading(DatabaseOptions database, Function<ControlEditor, T> work) {
        return with(database, "reader", work);
    }

    private static <T> T with(DatabaseOptions database, String actor, Function<ControlEditor, T> work) {
        try (PostgresDatabase opened = database.open()) {
            return work.apply(opened.editor(actor));
        }
    }
}
