package dev.recsys.cli;

import dev.recsys.Scope;
import dev.recsys.control.Exposure;
import dev.recsys.control.Outcome;
import dev.recsys.controls.OutcomeDocument;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the users of some requests did after the first of these; nothing else of the log stays in memory. */
final class FollowingOutcomes {
    private final Scope scope;
    private final Set<String> users = new HashSet<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private Instant from = Instant.MAX;
    private Instant last = Instant.MIN;

    FollowingOutcomes(Scope scope, Iterable<Exposure> exposures) {
        this.scope = scope;
        for (Exposure exposure : exposures) {
            exposure.request().user().ifPresent(users::add);
            from = exposure.at().isBefore(from) ? exposure.at() : from;
            last = exposure.at().isAfter(last) ? exposure.at() : last;
        }
    }

    void read(LoggedFiles files, Duration within, ProgressListener progress) throws IOException {
        if (!users.isEmpty()) {
            Instant until = last.plus(within);
            files.read(file -> !LogFiles.writtenBy(file).isBefore(from), line -> take(line, until), progress);
        }
    }

    private void take(byte[] utf8, Instant until) {
        Outcome outcome = OutcomeDocument.read(utf8);
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
}
