package dev.recsys.publish;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of a build's folder. */
final class BuildFolder {
    static final String EXTENSION = ".rst";

    private BuildFolder() {}

    /** Deletes an earlier build, its description first; refuses to touch a folder with anything else in it. */
    static void clear(Path directory) throws IOException {
        List<Path> tables = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(EXTENSION) && Files.isRegularFile(file)) {
                    tables.add(file);
                } else if (!name.equals(BuildDescription.FILE) && !name.equals(BuildDescription.FILE + ".tmp")) {
                    throw new DirectoryNotEmptyException(directory + " holds " + name
                            + ", which is no part of a build; name an empty folder or one that holds an earlier build");
                }
            }
        }
        Files.deleteIfExists(directory.resolve(BuildDescription.FILE));
        Files.deleteIfExists(directory.resolve(BuildDescription.FILE + ".tmp"));
        for (Path table : tables) {
            Files.delete(table);
        }
    }
}
