package dev.recsys.controls;

import dev.recsys.Scope;
import dev.recsys.controls.InvalidDocumentException.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the files of a folder: {@code TENANT/NAME} and {@code TENANT/SURFACE/NAME}. Names that begin with a dot or an
 * underscore are passed over; no tenant or surface has such a name.
 */
final class ControlFolder {
    private static final String DISK_REPAIRS = "lost+found"; // in the root of many file systems

    private final Path folder;
    private final Collection<FileKind<?>> kinds;
    private final List<Found> files = new ArrayList<>();
    private final Set<String> taken = new HashSet<>(); // of which kinds and places there are files
    private final List<Problem> problems = new ArrayList<>();

    private ControlFolder(Path folder, Collection<FileKind<?>> kinds) {
        this.folder = folder;
        this.kinds = kinds;
    }

    /**
     * A file that is to be read.
     *
     * @param kind its kind
     * @param place for which place it is
     * @param file where it lies
     * @param name the same below the folder, for people
     */
    record Found(FileKind<?> kind, Place place, Path file, String name) {
        /** Returns what is wrong in it, with its name before each path. */
        List<Problem> problems(InvalidDocumentException invalid) {
            return invalid.problems().stream()
                    .map(problem -> new Problem(name, problem.toString()))
                    .toList();
        }
    }

    /**
     * What is there.
     *
     * @param files those that are to be read, in the order of their paths
     * @param problems what is there and cannot be meant so
     */
    record Contents(List<Found> files, List<Problem> problems) {
        List<Found> ofKind(FileKind<?> kind) {
            return files.stream().filter(file -> file.kind().equals(kind)).toList();
        }
    }

    static Contents list(Path folder, Collection<FileKind<?>> kinds) throws IOException {
        ControlFolder look = new ControlFolder(folder, kinds);
        for (Path child : children(folder)) {
            if (Files.isDirectory(child)) {
                look.tenant(child);
            } else {
                look.unexpected(child, "a folder for each tenant");
            }
        }
        return new Contents(look.files, look.problems);
    }

    /** Says that a folder could not be listed. */
    static Problem unlisted(IOException failure) {
        return new Problem("", "cannot be listed: " + failure + ". Make it a folder that may be read");
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !name(child).matches("[._].*"))
                    .sorted((one, other) -> name(one).compareTo(name(other)))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private void tenant(Path directory) throws IOException {
        if (name(directory).equals(DISK_REPAIRS)) {
            return;
        }
        Optional<Place> tenant = place(directory, Place::of);
        for (Path child : tenant.isEmpty() ? List.<Path>of() : children(directory)) {
            if (Files.isDirectory(child)) {
                surface(tenant.orElseThrow(), child);
            } else {
                file(tenant.orElseThrow(), child);
            }
        }
    }

    private void surface(Place tenant, Path directory) throws IOException {
        Optional<Place> surface = place(directory, name -> Place.of(new Scope(tenant.tenant(), name)));
        for (Path child : surface.isEmpty() ? List.<Path>of() : children(directory)) {
            file(surface.orElseThrow(), child);
        }
    }

    private Optional<Place> place(Path directory, Function<String, Place> naming) {
        try {
            return Optional.of(naming.apply(name(directory)));
        } catch (IllegalArgumentException e) {
            problem(directory, e.getMessage() + ". Rename the folder, or let its name begin with a dot");
            return Optional.empty();
        }
    }

    private void file(Place place, Path file) {
        List<FileKind<?>> possible = kinds.stream()
                .filter(kind -> kind.ofSurface() || !place.isSurface())
                .toList();
        Optional<FileKind<?>> kind = possible.stream()
                .filter(any -> any.fileNames().contains(name(file)))
                .findFirst();
        if (kind.isEmpty()) {
            unexpected(
                    file,
                    possible.stream().flatMap(any -> any.fileNames().stream()).collect(Collectors.joining(", ")));
        } else if (taken.add(kind.get().name() + " " + place)) {
            files.add(new Found(kind.get(), place, file, relative(file)));
        } else {
            problem(file, "is there beside another file for the same; expected one of them, remove the other");
        }
    }

    /** Other files may lie there, but not what looks as if it were to be read. */
    private void unexpected(Path file, String expected) {
        if (name(file).matches(".*\\.(json|jsonl|gz)")) {
            problem(file, "is no file that is read here; expected " + expected + ". Rename it or take it away");
        }
    }

    private void problem(Path file, String detail) {
        problems.add(new Problem(relative(file), detail));
    }

    /** Returns the path below the folder, with slashes on every system. */
    private String relative(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
