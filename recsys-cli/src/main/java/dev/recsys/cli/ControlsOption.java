package dev.recsys.cli;

import dev.recsys.control.Controls;
import dev.recsys.controls.FileControls;
import dev.recsys.postgres.PostgresControls;
import dev.recsys.postgres.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the configuration, the rules and the attributes of items are: in a folder, or in a database. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class ControlsOption {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    @Option(
            names = "--controls",
            paramLabel = "DIR",
            description = "The folder of configurations, rules and items' attributes. Their versions are kept in it, in"
                    + " _versions, for replay. By default the defaults hold, or what the database says.")
    private @Nullable Path folder;

    @Mixin
    private DatabaseOptions database;

    /**
     * Controls, and how they are closed.
     *
     * @param controls what is configured
     * @param closing closes it
     */
    record Opened(Controls controls, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    /** Where a folder must not be. */
    interface Placement {
        /** Makes sure that a folder for something else is not in the store. */
        void requireOutside(String option, Path path) throws IOException;
    }

    /** Takes the database, as tables are read from it. */
    PostgresDatabase database() {
        return database.open();
    }

    /**
     * Opens the folder or the database, if one was named.
     *
     * @throws dev.recsys.controls.InvalidDocumentException if something in the folder is not valid; the message names it all
     */
    Optional<Opened> open(Placement placement) throws IOException {
        return open(folder, database, placement);
    }

    /** As {@link #open(Placement)}, for a command that has the options elsewhere. */
    static Optional<Opened> open(@Nullable Path folder, DatabaseOptions database, Placement placement)
            throws IOException {
        if (folder != null) {
            placement.requireOutside("--controls", folder);
            FileControls files = FileControls.at(folder);
            return Optional.of(new Opened(files, files::close));
        }
        return database.isSaid() ? Optional.of(follow(database.open())) : Optional.empty();
    }

    private static Opened follow(PostgresDatabase opened) {
        PostgresControls controls = PostgresControls.builder(opened).open();
        boolean unused = controls.awaitAnswer(ANSWERS_WITHIN);
        return new Opened(controls, () -> {
            controls.close();
            opened.close();
        });
    }
}
