package dev.recsys.cli;

import dev.recsys.postgres.ControlEditor;
import dev.recsys.postgres.PostgresDatabase;
import dev.recsys.sums.SignalTables;
import java.io.IOException;
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
        return with(database, who(), work);
    }

    /** What is done with tables of sums. */
    interface TablesWork<T> {
        /** Does it. */
        T on(SignalTables tables) throws IOException;
    }

    /** Runs a piece of work with the tables of sums of the database. */
    <T> T filling(TablesWork<T> work) throws IOException {
        try (PostgresDatabase opened = database.open()) {
            return work.on(opened.signalTables(who(), reason));
        }
    }

    private String who() {
        return by == null ? System.getProperty("user.name", "unknown") : by;
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
