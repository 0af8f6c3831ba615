package dev.recsys.cli;

import dev.recsys.controls.ExposureDocument;
import dev.recsys.controls.OutcomeDocument;
import dev.recsys.eval.ExperimentResult;
import dev.recsys.eval.JoinCounts;
import dev.recsys.eval.JoinedList;
import dev.recsys.eval.LoggedList;
import dev.recsys.eval.LoggedList.Variant;
import dev.recsys.eval.LoggedOutcome;
import dev.recsys.eval.OutcomeJoin;
import dev.recsys.eval.OutcomeKinds;
import dev.recsys.eval.ShownRates;
import dev.recsys.eval.UserExperiments;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads logs, and holds what of them is evaluated in memory: files of several processes are in no order of time. */
final class ReportLog {
    private final Scope scope;
    private final Duration window;
    private final LoggedFacets facets = new LoggedFacets();
    private final Consumer<JoinedList> sink;
    private final OutcomeJoin join;
    private final ShownRates rates;
    private final UserExperiments experiments;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private Instant newest = Instant.MIN;
    private long openLists;

    /** Starts without lists; each that counts is also given to the sink, in order of time. */
    ReportLog(Scope scope, OutcomeKinds kinds, Duration window, Consumer<JoinedList> sink) {
        this.scope = scope;
        this.sink = sink;
        this.window = window;
        this.join = new OutcomeJoin(window, this::joined);
        this.rates = new ShownRates(kinds);
        this.experiments = new UserExperiments(kinds);
    }

    /**
     * Which lists count.
     *
     * @param from shown at this time or later
     * @param until shown before this time
     * @param tenant of this tenant, if one is given; of no other anything is looked at
     * @param surface on this surface, if one is given; outcomes may be of lists of others all the same
     */
    record Scope(Instant from, Instant until, Optional<String> tenant, Optional<String> surface) {
        /** Refuses a time that is over before it begins. */
        Scope {
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException("--from is " + from + ", not before --until, which is " + until);
            }
        }

        boolean has(String other) {
            return tenant.isEmpty() || tenant.get().equals(other);
        }

        /** Returns whether something may have to do with a list that counts. */
        boolean isNear(Instant at, Duration window) {
            return (from.equals(Instant.MIN) || !at.isBefore(from.minus(window)))
                    && (until.equals(Instant.MAX) || !at.isAfter(until.plus(window)));
        }

        boolean counts(LoggedList list) {
            return !list.at().isBefore(from)
                    && list.at().isBefore(until)
                    && surface.map(name -> LoggedFacets.surface(new dev.recsys.Scope(list.tenant(), name)))
                            .filter(facet -> !list.facets().contains(facet))
                            .isEmpty();
        }
    }

    /**
     * Reads files, and returns what they tell.
     *
     * @param shares planned shares by experiment and variant with a slash in between
     * @throws IllegalArgumentException if no list counts
     */
    ShownReport read(LoggedFiles exposures, LoggedFiles outcomes, Map<String, Double> shares, ProgressListener progress)
            throws IOException {
        exposures.read(line -> shown(facets.list(ExposureDocument.read(line))), progress);
        outcomes.read(line -> happened(LoggedFacets.outcome(OutcomeDocument.read(line))), progress);
        JoinCounts counts = join.finish();
        if (first.isAfter(last)) {
            throw new IllegalArgumentException("none of the " + exposures.lines() + " lines of --exposures counts, "
                    + exposures.malformed() + " are malformed; look at --from, --until, --tenant and --surface"
                    + exposures.examples().stream()
                            .findFirst()
                            .map(bad -> "; " + bad.file() + " line " + bad.line() + ": " + bad.problem())
                            .orElse(""));
        }
        List<ExperimentResult> results = experiments.results(planned(shares));
        ShownReport.Span span = new ShownReport.Span(first, last);
        return new ShownReport(exposures, outcomes, span, window, openLists, counts, rates.groups(), results);
    }

    /** Lists around those that count are looked at as well: outcomes may be theirs. */
    private void shown(LoggedList list) {
        if (!scope.has(list.tenant())) {
            return;
        }
        experiments.began(list);
        if (scope.isNear(list.at(), window)) {
            newest = later(newest, list.at());
            join.shown(list);
        }
    }

    private void happened(LoggedOutcome outcome) {
        if (!scope.has(outcome.tenant())) {
            return;
        }
        experiments.happened(outcome);
        if (scope.isNear(outcome.at(), window) && !outcome.at().isBefore(scope.from())) {
            newest = later(newest, outcome.at());
            join.happened(outcome);
        }
    }

    private void joined(JoinedList joined) {
        Instant at = joined.list().at();
        if (!scope.counts(joined.list())) {
            return;
        }
        first = at.isBefore(first) ? at : first;
        last = later(last, at);
        openLists += at.plus(window).isAfter(newest) ? 1 : 0;
        rates.add(joined);
        experiments.add(joined);
        sink.accept(joined);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** A name may have a slash itself, so that an experiment of the log says where its name ends. */
    private Map<Variant, Double> planned(Map<String, Double> shares) {
        Map<Variant, Double> planned = new HashMap<>();
        shares.forEach((name, share) -> {
            String experiment = experiments.names().stream()
                    .filter(known -> name.startsWith(known + "/"))
                    .findFirst()
                    .orElse(name.replaceFirst("/.*", ""));
            planned.put(
                    new Variant(experiment, name.substring(Math.min(name.length(), experiment.length() + 1))), share);
        });
        return planned;
    }
}
