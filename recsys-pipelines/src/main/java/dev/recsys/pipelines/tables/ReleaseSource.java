package dev.recsys.pipelines.tables;

import dev.recsys.Scope;
import dev.recsys.store.BlobVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the releases of a {@link TableStore} come from. */
interface ReleaseSource {
    /** Returns where that is, for messages. */
    String location();

    /** Returns the version of what is current; empty if there is nothing, with authority. */
    Optional<BlobVersion> version(Scope scope, Duration timeout);

    /**
     * Computes what is current, which may be newer than the version that was returned; empty as above.
     *
     * @param folder an empty one, for its files
     * @throws IOException if the folder cannot be written
     */
    Optional<TableRelease> release(Scope scope, Path folder) throws IOException;
}
