package dev.recsys.cli;

import dev.recsys.Scope;
import dev.recsys.control.Exposure;
import dev.recsys.control.Outcome;
import dev.recsys.controls.InvalidDocumentException;
import dev.recsys.controls.OutcomeDocument;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the users of some requests did after the first of these; nothing else of the log stays in memory. */
final class FollowingOutcomes {
    private final Scope scope;
    private final Set<String> users = new HashSet<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private Instant from = Instant.MAX;
    private Instant last = Instant.MIN;
    private long malformed;

    FollowingOutcomes(Scope scope, Iterable<Exposure> exposures) {
        this.scope = scope;
        for (Exposure exposure : exposures) {
            exposure.request().user().ifPresent(users::add);
            from = exposure.at().isBefore(from) ? exposure.at() : from;
            last = exposure.at().isAfter(last) ? exposure.at() : last;
        }
    }

    void read(List<Path> files, Duration within) throws IOException {
        for (Path file : files) {
            if (!users.isEmpty() && !LogFiles.writtenBy(file).isBefore(from)) {
                read(file, last.plus(within));
            }
        }
    }

    private void read(Path file, Instant until) throws IOException {
        try (ExposureLines lines = ExposureLines.of(file)) {
            Optional<byte[]> line = lines.next();
            while (line.isPresent()) {
                take(line.get(), until);
                line = lines.next();
            }
        } catch (EOFException e) {
            malformed++; // packed, and cut off
        }
    }

    private void take(byte[] utf8, Instant until) {
        Outcome outcome;
        try {
            outcome = OutcomeDocument.read(utf8);
        } catch (InvalidDocumentException e) {
            malformed++;
            return;
        }
        boolean isIn = outcome.scope().equals(scope)
                && users.contains(outcome.user())
                && outcome.at().isAfter(from)
                && !outcome.at().isAfter(until);
        if (isIn) {
            outcomes.add(outcome);
        }
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    long malformed() {
        return malformed;
    }
}
