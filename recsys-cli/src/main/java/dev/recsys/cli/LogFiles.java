package dev.recsys.cli;

import dev.recsys.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The files that options name: a file as it is, of a folder those of a log, the ones begun last first. */
final class LogFiles {
    private LogFiles() {}

    /** Lists the files of a folder. */
    interface Listing {
        List<Path> newestFirst(Path folder) throws IOException;
    }

    static List<Path> of(String option, List<Path> named, Listing listing) throws IOException {
        List<Path> files = orNone(option, named, listing);
        if (files.isEmpty()) {
            throw new NotFoundException(option + " names " + named
                    + ", which hold no file of a log; name the folder that the sink writes to, or files");
        }
        return files;
    }

    /** Does the same, but that folders may be without such files yet. */
    static List<Path> orNone(String option, List<Path> named, Listing listing) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            if (!Files.exists(path)) {
                throw new NotFoundException(option + " names " + path + ", which does not exist");
            }
            if (Files.isDirectory(path)) {
                files.addAll(listing.newestFirst(path));
            } else {
                files.add(path);
            }
        }
        return files;
    }

    /** Returns a time after which nothing in a file happened: what is in it was written by then. */
    static Instant writtenBy(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
