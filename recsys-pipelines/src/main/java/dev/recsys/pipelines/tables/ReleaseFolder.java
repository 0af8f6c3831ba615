package dev.recsys.pipelines.tables;

import dev.recsys.Scope;
import dev.recsys.internal.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/** The folders of one surface's releases, one after the other. One thread at a time. */
final class ReleaseFolder {
    private final Path folder;
    private final Deque<Path> newestFirst = new ArrayDeque<>();
    private long made;

    ReleaseFolder(Path root, Scope scope) {
        this.folder = root.resolve(FileNames.encode(scope.tenant())).resolve(FileNames.encode(scope.surface()));
    }

    /** Makes an empty folder for the next release. */
    Path next() throws IOException {
        return Files.createDirectories(folder.resolve(String.valueOf(++made)));
    }

    /** Keeps a release's folder and deletes all but the newest; what is open and cannot be deleted is tried again next time. */
    void keep(Path release, int count) {
        newestFirst.addFirst(release);
        while (newestFirst.size() > count && deleteQuietly(newestFirst.peekLast())) {
            newestFirst.removeLast();
        }
    }

    /** Deletes a folder with what is in it, and returns whether it is gone. */
    static boolean deleteQuietly(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException e) {
            return !Files.exists(folder);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
