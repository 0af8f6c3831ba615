package dev.recsys.pipelines.tables;

import dev.recsys.Scope;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The last two releases of one surface: the current one, and the one before, which somebody may be loading. One at a time is
 * computed.
 */
final class ScopeReleases {
    private static final int KEPT = 2;

    private final ReleaseSource source;
    private final Scope scope;
    private final ReleaseFolder folder;
    private final Turns turns;
    private volatile List<TableRelease> newestFirst = List.of();
    private volatile boolean closed;

    ScopeReleases(ReleaseSource source, Scope scope, ReleaseFolder folder, Turns turns) {
        this.source = source;
        this.scope = scope;
        this.folder = folder;
        this.turns = turns;
    }

    /** Returns the current release, computed if it is not the one of that version; empty if there is none any more. */
    synchronized Optional<TableRelease> current(BlobVersion version) {
        List<TableRelease> known = newestFirst;
        if (!known.isEmpty() && known.get(0).version().equals(version)) {
            return Optional.of(known.get(0));
        }
        if (closed) {
            throw new IllegalStateException("this store of tables is closed");
        }
        turns.take(scope);
        try {
            return compute(folder.next());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot compute the artifacts of " + scope + " from " + source.location() + " into " + folder
                            + "; is the folder writable, with room?",
                    e);
        } finally {
            turns.end();
        }
    }

    private Optional<TableRelease> compute(Path next) throws IOException {
        Optional<TableRelease> computed = Optional.empty();
        try {
            computed = source.release(scope, next);
            return computed;
        } finally {
            if (computed.isPresent() && !closed) {
                List<TableRelease> before = newestFirst;
                newestFirst = before.isEmpty() ? List.of(computed.get()) : List.of(computed.get(), before.get(0));
                folder.keep(next, KEPT);
            } else {
                ReleaseFolder.deleteQuietly(next);
            }
        }
    }

    /** Returns the file of an artifact of one of the releases. */
    Optional<Path> file(BlobKey key) {
        return newestFirst.stream()
                .flatMap(release -> Optional.ofNullable(release.blobs().get(key)).stream())
                .findFirst();
    }

    /** Lets nothing more be computed; what is under way comes to nothing. */
    void close() {
        closed = true;
    }
}
