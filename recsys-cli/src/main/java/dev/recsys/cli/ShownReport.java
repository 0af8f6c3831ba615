package dev.recsys.cli;

import dev.recsys.eval.ExperimentResult;
import dev.recsys.eval.Facet;
import dev.recsys.eval.Fate;
import dev.recsys.eval.GroupRates;
import dev.recsys.eval.JoinCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * What was shown and what came of it.
 *
 * @param exposures what was read of the lists
 * @param outcomes what was read of the outcomes
 * @param span from the first list that counts to the last one
 * @param window how long after a list an outcome may be
 * @param openLists how many lists have a window that is not over at the last line of the log
 * @param join how much was joined
 * @param groups what came of lists, by what they are grouped
 * @param experiments what experiments have shown
 */
record ShownReport(
        LoggedFiles exposures,
        LoggedFiles outcomes,
        Span span,
        Duration window,
        long openLists,
        JoinCounts join,
        SortedMap<Facet, GroupRates> groups,
        List<ExperimentResult> experiments) {
    /** The dimensions that are shown, in this order. */
    static final List<String> DIMENSIONS = List.of(
            LoggedFacets.SURFACE,
            LoggedFacets.DAY,
            LoggedFacets.SEGMENT,
            LoggedFacets.SIGNAL,
            Facet.POSITION,
            LoggedFacets.RELEASE,
            LoggedFacets.VARIANT,
            LoggedFacets.DEGRADATION);

    /** What lists without items are not. */
    static final String EMPTY =
            "Empty lists are those of the log: what was answered while a surface was not ready or its tenant"
                    + " suspended never gets there.";

    /** What to know of CUPED where it adds nothing. */
    static final String NOTHING_BEFORE =
            "No click of these users from before the experiment is in the log: CUPED has nothing to go by, and shows the same.";

    /** From one time to another, both included. */
    record Span(Instant first, Instant last) {}

    GroupRates all() {
        return groups.getOrDefault(Facet.ALL, GroupRates.NONE);
    }

    /** Returns the groups of one dimension, in order. */
    List<Map.Entry<Facet, GroupRates>> of(String dimension) {
        return groups.entrySet().stream()
                .filter(entry -> entry.getKey().dimension().equals(dimension))
                .toList();
    }

    /** Returns what must be known before a figure is trusted; empty if nothing. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (join.isBelowFloor()) {
            join.found()
                    .ifPresent(found -> warnings.add(String.format(
                            Locale.ROOT,
                            "Of %,d outcomes that name a list only %,d name one of the log, less than %.0f %%: lists or ids"
                                    + " were lost, or they are before the log. All rates are lower bounds.",
                            found.trials(),
                            found.successes(),
                            100 * JoinCounts.FLOOR)));
        }
        if (outcomes.files() == 0) {
            warnings.add("There is no file of outcomes yet: rates of 0 only say that.");
        }
        long malformed = exposures.malformed() + outcomes.malformed();
        if (malformed > 0) {
            warnings.add(String.format(Locale.ROOT, "%,d lines are malformed and were passed over.", malformed));
        }
        experiments.stream()
                .filter(experiment -> experiment.mixedUsers() > 0)
                .forEach(experiment -> warnings.add(String.format(
                        Locale.ROOT,
                        "%,d users were given several variants of %s; they are in none.",
                        experiment.mixedUsers(),
                        name(experiment))));
        return warnings;
    }

    /** Returns what the figures cannot tell. */
    List<String> limits() {
        List<String> limits = new ArrayList<>();
        long unnamed = join.count(Fate.NO_USER) + join.count(Fate.ITEM_NOT_IN_LIST) + join.count(Fate.OUTSIDE_WINDOW);
        if (unnamed > 0) {
            limits.add(String.format(
                    Locale.ROOT,
                    "%,d outcomes belong to nothing that was shown in time. Whether their lists are missing or they came without"
                            + " any cannot be told.",
                    unnamed));
        }
        if (openLists > 0) {
            limits.add(String.format(
                    Locale.ROOT,
                    "%,d lists were shown less than %s before the newest line: more may still come of them.",
                    openLists,
                    time(window)));
        }
        long torn = exposures.torn() + outcomes.torn();
        if (torn > 0) {
            limits.add(String.format(Locale.ROOT, "%,d last lines were still being written.", torn));
        }
        return limits;
    }

    /** Returns an experiment for people, with its surface. */
    static String name(ExperimentResult experiment) {
        return experiment.name() + " on " + experiment.tenant() + "/" + experiment.surface();
    }

    /** Returns a time for people. */
    static String time(Duration time) {
        boolean isHours = time.toSeconds() % 3600 == 0;
        long count = isHours ? time.toHours() : time.toSeconds();
        return count + (isHours ? " hour" : " second") + (count == 1 ? "" : "s");
    }
}
