package dev.recsys.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files that {@link FileEventSink} and {@link OutcomeRecorder} wrote to a folder, for those who read them. A file that is
 * written to may end in the middle of a line; a packed one appears whole, and its plain one goes.
 */
public final class LogFolder {
    private LogFolder() {}

    /**
     * Returns the files of records of what was shown, those begun last first; files of other names are left out.
     *
     * @throws IOException if the folder cannot be listed
     */
    public static List<Path> exposures(Path folder) throws IOException {
        return newestFirst(folder, FileEventSink.KIND);
    }

    /**
     * Returns the files of outcomes, as {@link #exposures} does.
     *
     * @throws IOException if the folder cannot be listed
     */
    public static List<Path> outcomes(Path folder) throws IOException {
        return newestFirst(folder, OutcomeRecorder.KIND);
    }

    private record Found(LogName name, Path file) {}

    private static List<Path> newestFirst(Path folder, String kind) throws IOException {
        List<Found> found = new ArrayList<>();
        Set<LogName> packed = new HashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Optional<LogName> isPacked = LogName.parse(file, kind, LogName.PACKED);
                isPacked.ifPresent(packed::add);
                isPacked.or(() -> LogName.parse(file, kind, LogName.PLAIN))
                        .ifPresent(name -> found.add(new Found(name, file)));
            }
        }
        return found.stream()
                .filter(one ->
                        !packed.contains(one.name()) || one.file().toString().endsWith(LogName.PACKED))
                .sorted(Comparator.comparing(Found::name, LogName.OLDEST_FIRST).reversed())
                .map(Found::file)
                .toList();
    }
}
