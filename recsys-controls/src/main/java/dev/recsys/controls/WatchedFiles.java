package dev.recsys.controls;

import dev.recsys.Scope;
import dev.recsys.control.Versioned;
import dev.recsys.controls.ControlFolder.Found;
import dev.recsys.controls.InvalidDocumentException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files of one kind and what they put in force. A file is read when its time, size or identity changed, and once more
 * when they have not changed since: a second change within the resolution of the file's time would not be seen otherwise.
 * One thread at a time updates; readers need not wait.
 */
final class WatchedFiles<T> implements Source<T> {
    private final FileKind<T> kind;
    private final Layers<T> layers;
    private final Versioned<T> forAll;
    private final KeptVersions<T> kept;
    private final Map<Place, Watched> files = new HashMap<>();

    WatchedFiles(FileKind<T> kind, T forAll, KeptVersions<T> kept) {
        this.kind = kind;
        this.forAll = kind.versions().apply(forAll);
        this.layers = new Layers<>(this.forAll);
        this.kept = kept;
    }

    /**
     * What was found of a file.
     *
     * @param stamp how it looked when it was read last; empty if it could not be read
     * @param settled whether it looked so already the time before
     * @param problems why what was in force before it stays
     */
    private record Watched(Optional<Stamp> stamp, boolean settled, List<Problem> problems) {}

    /** How a file looks from outside. */
    private record Stamp(
            Path file,
            FileTime modified,
            long sizeBytes,
            @Nullable Object identity) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(file, seen.lastModifiedTime(), seen.size(), seen.fileKey());
        }
    }

    @Override
    public Versioned<T> current(Scope scope) {
        return layers.current(scope);
    }

    /** Returns the value of a version: from memory if it is in force, else from those that are kept. */
    @Override
    public Optional<T> version(Scope scope, String version) {
        Versioned<T> current = layers.current(scope);
        if (current.version().equals(version)) {
            return Optional.of(current.value());
        }
        return forAll.version().equals(version) ? Optional.of(forAll.value()) : kept.find(version);
    }

    /** Keeps the version that holds where there is no file. */
    void keepDefault(Consumer<IOException> notKept) {
        keep(forAll, notKept);
    }

    /**
     * Puts in force what the files say now; what is of a file that is gone holds no longer.
     *
     * @param found the files of this kind
     * @param notKept takes the failure to keep a version
     */
    void update(List<Found> found, Consumer<IOException> notKept) {
        Set<Place> gone = new HashSet<>(files.keySet());
        found.forEach(file -> gone.remove(file.place()));
        gone.forEach(layers::remove);
        files.keySet().removeAll(gone);
        for (Found file : found) {
            files.put(file.place(), look(file, Optional.ofNullable(files.get(file.place())), notKept));
        }
    }

    /** Returns why files are not in force as they are. */
    List<Problem> problems() {
        return files.values().stream().flatMap(file -> file.problems().stream()).toList();
    }

    private Watched look(Found found, Optional<Watched> before, Consumer<IOException> notKept) {
        Optional<Stamp> stamp = Optional.empty();
        boolean same = false;
        try {
            stamp = Optional.of(Stamp.of(found.file()));
            same = before.flatMap(Watched::stamp).equals(stamp);
            if (same && before.filter(Watched::settled).isPresent()) {
                return before.orElseThrow();
            }
            put(found.place(), read(found.file(), stamp.get()), notKept);
            return new Watched(stamp, same, List.of());
        } catch (InvalidDocumentException e) {
            return new Watched(stamp, same, found.problems(e));
        } catch (IOException e) {
            return new Watched(Optional.empty(), false, List.of(unreadable(found, e)));
        }
    }

    private static Problem unreadable(Found found, IOException failure) {
        return new Problem(found.name(), "cannot be read: " + failure + ". It is tried again at the next look");
    }

    private Versioned<T> read(Path file, Stamp before) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            T value = kind.read(String.valueOf(file.getFileName()), in);
            if (!Stamp.of(file).equals(before)) {
                throw new IOException("it changed while it was read; write another file and rename that");
            }
            return kind.versions().apply(value);
        }
    }

    /** A version is kept before it can be in anybody's answer. */
    private void put(Place place, Versioned<T> value, Consumer<IOException> notKept) {
        keep(value, notKept);
        layers.put(place, value);
    }

    private void keep(Versioned<T> value, Consumer<IOException> notKept) {
        try {
            kept.keep(value);
        } catch (IOException e) {
            notKept.accept(e);
        }
    }
}
