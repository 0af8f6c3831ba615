package dev.recsys.cli;

import dev.recsys.controls.FileControls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which folder the configuration, the rules and the attributes of items are. */
final class ControlsOption {
    @Option(
            names = "--controls",
            paramLabel = "DIR",
            description = "The folder of configurations, rules and items' attributes. Their versions are kept in it, in"
                    + " _versions, for replay. By default the defaults hold.")
    private @Nullable Path folder;

    /**
     * Opens the folder, if one was named.
     *
     * @throws dev.recsys.controls.InvalidDocumentException if something in it is not valid; the message names it all
     */
    Optional<FileControls> open(StoreOption store) throws IOException {
        if (folder == null) {
            return Optional.empty();
        }
        store.requireOutside("--controls", folder);
        return Optional.of(FileControls.at(folder));
    }
}
