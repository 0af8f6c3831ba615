package dev.recsys.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Deletes the oldest files beyond what is kept: packed ones, and plain ones that nobody writes to any more, as many as a full
 * disk may leave. One thread at a time.
 */
final class Retention {
    private final Path folder;
    private final String kind;
    private final LogSettings settings;
    private final Packer packer;
    private final Tally tally;

    Retention(Path folder, String kind, LogSettings settings, Packer packer, Tally tally) {
        this.folder = folder;
        this.kind = kind;
        this.settings = settings;
        this.packer = packer;
        this.tally = tally;
    }

    /** A file that may be deleted. */
    private record Ended(LogName name, Path file, boolean isMine) {}

    void apply(Instant now) throws IOException {
        Instant since = now.minus(settings.keepFor());
        long bytes = 0;
        int files = 0;
        for (Ended ended : newestFirst()) {
            files++;
            bytes += size(ended.file());
            boolean isKept = files <= settings.keepFiles()
                    && bytes <= settings.keepBytes()
                    && !ended.name().start().isBefore(since);
            if (!isKept && ended.isMine()) {
                packer.delete(ended.name());
            } else if (!isKept) {
                Files.deleteIfExists(ended.file());
            }
        }
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) { // another process deleted it
            return 0;
        }
    }

    private List<Ended> newestFirst() throws IOException {
        List<Ended> all = new ArrayList<>();
        for (LogName name : Leftovers.names(folder, kind, LogName.PACKED)) {
            all.add(new Ended(name, name.in(folder, LogName.PACKED), false));
        }
        List<LogName> mine = packer.names();
        for (LogName name : mine) {
            all.add(new Ended(name, name.in(folder, LogName.PLAIN), true));
        }
        for (LogName name : Leftovers.ended(folder, kind, tally, mine)) {
            all.add(new Ended(name, name.in(folder, LogName.PLAIN), false));
        }
        all.sort(Comparator.comparing(Ended::name, LogName.OLDEST_FIRST).reversed());
        return all;
    }
}
