package dev.recsys.pipelines.tables;

import dev.recsys.DamagedException;
import dev.recsys.Scope;
import dev.recsys.StoreDeniedException;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import dev.recsys.sums.SignalTables;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves what tables hold as a store serves releases, read-only, so that a recommender runs over a database as it is:
 *
 * <pre>{@code
 * TableStore store = TableStore.over(tables, folder);
 * EmbeddedRecommender recommender = EmbeddedRecommender.builder(store).build();
 * }</pre>
 *
 * <p>A surface's current pointer is the tables' revision. While a reader has that revision, asking is one small query.
 * When there is another, its sums are read in one snapshot of the database, and the artifacts are computed and written
 * into the folder, on the thread that asks. That takes as long as it takes, whatever the time for the pointer is: five
 * minutes at most until it is this surface's turn, and five for the database. The same revision gives the same bytes, whoever computes it. On the disk are the last two releases of
 * every surface that was asked for; in memory, while one is computed, what {@link
 * dev.recsys.pipelines.signals.SummedSignals} says.
 *
 * <p>There is no history, hence no rollback: a fill is undone by another fill. Every write is refused with {@link
 * StoreDeniedException}. Nothing is signed: a recommender with a trust list serves nothing of it. Local copies need a
 * folder of their own, apart from those of an object store, whose revisions have nothing to do with these. Safe for
 * concurrent use; the tables stay the caller's.
 */
public final class TableStore implements BlobStore {
    private static final int MOST_AT_ONCE = 64;
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(5);

    private final ReleaseSource source;
    private final Path folder;
    private final Turns turns;
    private final Map<BlobKey, ScopeReleases> scopes = new ConcurrentHashMap<>(); // [register]
    private volatile boolean closed;

    private TableStore(ReleaseSource source, Path folder, Turns turns) {
        this.source = source;
        this.folder = folder;
        this.turns = turns;
    }

    /**
     * Serves tables, of one surface computed after the other.
     *
     * @param folder for the artifacts, in a folder of this store's own below, which is deleted when it is closed; it is
     *     made if it is missing
     * @throws IOException if it cannot be made
     */
    public static TableStore over(SignalTables tables, Path folder) throws IOException {
        return over(tables, folder, 1);
    }

    /**
     * Serves tables.
     *
     * @param folder as at {@link #over(SignalTables, Path)}
     * @param atOnce of how many surfaces releases are computed at the same time, each on one thread: 1 to 64
     * @throws IllegalArgumentException if that number is out of its range
     * @throws IOException if the folder cannot be made
     */
    public static TableStore over(SignalTables tables, Path folder, int atOnce) throws IOException {
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new IllegalArgumentException("atOnce is " + atOnce + "; expected 1 to " + MOST_AT_ONCE);
        }
        return over(new SummedReleases(tables, READ_TIMEOUT), folder, new Turns(atOnce, READ_TIMEOUT));
    }

    static TableStore over(ReleaseSource source, Path folder) throws IOException {
        return over(source, folder, new Turns(1, READ_TIMEOUT));
    }

    private static TableStore over(ReleaseSource source, Path folder, Turns turns) throws IOException {
        Files.createDirectories(folder);
        return new TableStore(source, Files.createTempDirectory(folder, "recsys-tables-"), turns);
    }

    @Override
    public String location() {
        return source.location();
    }

    @Override
    public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
        requireOpen();
        Optional<Scope> scope = key.isRegister() ? ScopeKeys.scopeOfCurrent(key) : Optional.empty();
        if (scope.isEmpty()) {
            return readBlob(key, maxBytes);
        }
        Optional<BlobVersion> version = source.version(scope.get(), timeout);
        if (version.isEmpty()) {
            return new ReadResult.Absent();
        }
        if (version.get().equals(unless)) {
            return new ReadResult.NotModified();
        }
        return releases(key, scope.get())
                .current(version.get())
                .map(release -> found(key, release.pointer(), release.version(), maxBytes))
                .orElseGet(ReadResult.Absent::new);
    }

    /** A release's history was never written; of artifacts, those of the last releases are there. */
    private ReadResult readBlob(BlobKey key, long maxBytes) {
        Optional<Path> file = fileOf(key);
        if (file.isEmpty()) {
            return new ReadResult.Absent();
        }
        try {
            return found(key, Files.readAllBytes(file.get()), new BlobVersion(key.path()), maxBytes);
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    private static ReadResult found(BlobKey key, byte[] bytes, BlobVersion version, long maxBytes) {
        requireWithin(key, bytes.length, maxBytes);
        return new ReadResult.Found(new Blob(bytes, version));
    }

    @Override
    public boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Duration timeout) {
        requireOpen();
        requireBlob(key);
        Optional<Path> file = fileOf(key);
        if (file.isEmpty()) {
            return false;
        }
        try {
            requireWithin(key, Files.size(file.get()), maxBytes);
            Files.copy(file.get(), out);
            return true;
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key, Duration timeout) {
        requireOpen();
        requireBlob(key);
        return fileOf(key).map(file -> {
            try {
                return new BlobStat(Files.size(file), Optional.empty());
            } catch (IOException e) {
                throw unreadable(key, e);
            }
        });
    }

    /** Refuses. */
    @Override
    public CreateResult create(BlobKey blob, BlobSource blobSource, Duration timeout) {
        requireOpen();
        throw readOnly();
    }

    /** Refuses: it was not sent. */
    @Override
    public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
        requireOpen();
        return new SwapResult.NotSent(readOnly());
    }

    /** Refuses: tables do not know keys. */
    @Override
    public List<BlobKey> list(String prefix, String after, int limit, Duration timeout) {
        requireOpen();
        throw readOnly();
    }

    /** Refuses. */
    @Override
    public void delete(BlobKey key, Duration timeout) {
        requireOpen();
        throw readOnly();
    }

    /** Deletes the artifacts. */
    @Override
    public void close() {
        closed = true;
        scopes.values().forEach(ScopeReleases::close);
        ReleaseFolder.deleteQuietly(folder);
    }

    private ScopeReleases releases(BlobKey register, Scope scope) {
        return scopes.computeIfAbsent(
                register, key -> new ScopeReleases(source, scope, new ReleaseFolder(folder, scope), turns));
    }

    private Optional<Path> fileOf(BlobKey key) {
        return scopes.values().stream()
                .flatMap(releases -> releases.file(key).stream())
                .findFirst();
    }

    private StoreDeniedException readOnly() {
        return new StoreDeniedException("The tables in " + location()
                + " are served read-only: nothing can be shipped, rolled back or listed there. Fill them instead, or name"
                + " an object store.");
    }

    private UncheckedIOException unreadable(BlobKey key, IOException e) {
        return new UncheckedIOException("Cannot copy " + key + ", computed from " + location() + " into " + folder, e);
    }

    private static void requireBlob(BlobKey key) {
        if (key.isRegister()) {
            throw new IllegalArgumentException(key + " names a register, expected a blob");
        }
    }

    private static void requireWithin(BlobKey key, long sizeBytes, long maxBytes) {
        if (sizeBytes > maxBytes) {
            throw new DamagedException(key + " has " + sizeBytes + " bytes, at most " + maxBytes + " are expected");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this store of tables is closed");
        }
    }
}
