package dev.recsys.publish;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.internal.Digests;
import dev.recsys.table.RowKeys;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableInfo;
import dev.recsys.table.TableWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a build into a folder: the way in which pipelines, and host applications with signals of their own, make what
 * {@link ManifestPublisher} ships.
 *
 * <pre>{@code
 * try (BuildWriter build = BuildWriter.into(directory, new Scope("acme", "home"), "sku")) {
 *     try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
 *         table.row("", List.of(new ScoredItem("sku-1", 12f), new ScoredItem("sku-2", 7f)));
 *         table.finish();
 *     }
 *     build.finish(window, watermark, Map.of("source", "sales ledger"));
 * }
 * }</pre>
 *
 * <p>The folder becomes a build at the last step of {@link #finish}; before that nobody can ship it. Not safe for
 * concurrent use.
 */
public final class BuildWriter implements Closeable {
    private final Path directory;
    private final Scope scope;
    private final String compatibilityGroup;
    private final Map<ArtifactType, Path> files = new TreeMap<>();
    private final Map<ArtifactType, TableWriter> tables = new TreeMap<>();
    private boolean finished;

    private BuildWriter(Path directory, Scope scope, String compatibilityGroup) {
        this.directory = directory;
        this.scope = scope;
        this.compatibilityGroup = compatibilityGroup;
    }

    /**
     * Starts a build.
     *
     * @param directory is created if it is missing; a build that is in it already is replaced as a whole
     * @param scope whose build it is
     * @param compatibilityGroup the name of the id space of its items, such as {@code sku}; artifacts of different
     *     groups are never served together
     * @throws IllegalArgumentException if the group is not 1 to 100 printable ASCII characters without blanks
     * @throws IOException if the folder cannot be written, or holds files that are no build's
     */
    public static BuildWriter into(Path directory, Scope scope, String compatibilityGroup) throws IOException {
        TableInfo.requireGroup(compatibilityGroup);
        Files.createDirectories(directory);
        BuildFolder.clear(directory);
        return new BuildWriter(directory, scope, compatibilityGroup);
    }

    /**
     * Starts one of its tables; finish and close it before the build is finished.
     *
     * @throws IllegalArgumentException if the build has a table of that type already
     * @throws IOException if the file cannot be created
     */
    public TableWriter table(ArtifactType type, TableForm form, RowKeys rowKeys) throws IOException {
        if (files.containsKey(type)) {
            throw new IllegalArgumentException("the build in " + directory + " has an artifact " + type + " already");
        }
        Path file = directory.resolve(type.name() + BuildFolder.EXTENSION);
        TableWriter table = TableWriter.create(file, new TableInfo(scope, type, compatibilityGroup), form, rowKeys);
        files.put(type, file);
        tables.put(type, table);
        return table;
    }

    /**
     * Reads every table back, and makes the folder a build.
     *
     * @param window the event times that the tables were computed from
     * @param watermark the time of the newest event in them
     * @param evidence what to record about the build, such as counts: names and values of plain text, at most 4,000
     *     characters together; nothing that is secret or personal
     * @return the finished build
     * @throws IllegalArgumentException if the evidence is not as said, the watermark is not within the window, or there are
     *     more than 16 tables
     * @throws IllegalStateException if a table was not finished
     * @throws dev.recsys.DamagedException if a table does not read back
     * @throws IOException if a file cannot be read or written
     */
    public Build finish(Window window, Instant watermark, Map<String, String> evidence) throws IOException {
        if (finished) {
            throw new IllegalStateException("the build in " + directory + " is finished already");
        }
        tables.forEach((type, table) -> {
            if (!table.isFinished()) {
                throw new IllegalStateException("the table " + type + " is not finished: call its finish() first");
            }
        });
        if (watermark.isBefore(window.from()) || watermark.isAfter(window.to())) {
            throw new IllegalArgumentException(
                    "the watermark " + watermark + " is not within the window " + window.from() + " to " + window.to());
        }
        List<BuiltArtifact> artifacts = new ArrayList<>();
        for (Map.Entry<ArtifactType, Path> entry : files.entrySet()) {
            Path file = entry.getValue();
            Table table = Table.map(file); // its entries may be more than a job that wrote them has memory for
            artifacts.add(new BuiltArtifact(
                    entry.getKey(),
                    file,
                    Digests.of(file),
                    Files.size(file),
                    Table.FORMAT,
                    table.coveredItems(),
                    window,
                    watermark,
                    Optional.of(table.counts())));
        }
        SortedMap<String, String> recorded = new TreeMap<>(evidence);
        Build build = new Build(scope, compatibilityGroup, artifacts, recorded);
        Path temporary = directory.resolve(BuildDescription.FILE + ".tmp");
        Files.write(temporary, BuildDescription.bytes(build), StandardOpenOption.CREATE_NEW, StandardOpenOption.DSYNC);
        Files.move(temporary, directory.resolve(BuildDescription.FILE), StandardCopyOption.ATOMIC_MOVE);
        finished = true;
        return build;
    }

    /** Deletes what an unfinished build wrote; does nothing after {@link #finish}. */
    @Override
    public void close() throws IOException {
        if (!finished) {
            BuildFolder.clear(directory);
        }
    }
}
