package dev.recsys.cli;

import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.control.Exposure;
import dev.recsys.control.Outcome;
import dev.recsys.eval.Facet;
import dev.recsys.eval.LoggedItem;
import dev.recsys.eval.LoggedList;
import dev.recsys.eval.LoggedOutcome;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What of a record of recsys is evaluated, and by what it is grouped. Equal items and lists of facets become one object. */
final class LoggedFacets {
    static final String SURFACE = "surface";
    static final String SEGMENT = "segment";
    static final String SIGNAL = "signal";
    static final String RELEASE = "release";
    static final String DEGRADATION = "degradation";
    static final String VARIANT = "variant";
    static final String DAY = "day";

    private static final String NONE = "(none)";

    private final Map<String, String> names = new HashMap<>();
    private final Map<LoggedItem, LoggedItem> items = new HashMap<>();
    private final Map<List<Facet>, List<Facet>> facets = new HashMap<>();

    LoggedList list(Exposure exposure) {
        return new LoggedList(
                known(exposure.answer().scope().tenant()),
                known(exposure.answer().scope().surface()),
                exposure.request().requestId(),
                exposure.request().user(),
                exposure.at(),
                exposure.answer().items().stream().map(this::item).toList(),
                known(facets(exposure)),
                exposure.answer()
                        .assignment()
                        .map(assignment -> new LoggedList.Variant(assignment.experiment(), assignment.variant())),
                exposure.latencyNanos());
    }

    static LoggedOutcome outcome(Outcome outcome) {
        return new LoggedOutcome(
                outcome.scope().tenant(),
                Optional.of(outcome.user()),
                outcome.item(),
                outcome.type(),
                outcome.at(),
                outcome.value(),
                outcome.requestId());
    }

    static Facet surface(Scope scope) {
        return new Facet(SURFACE, scope.tenant() + "/" + scope.surface());
    }

    private LoggedItem item(RecommendedItem item) {
        List<Facet> signals = item.signals().isEmpty()
                ? List.of(new Facet(SIGNAL, NONE))
                : item.signals().stream()
                        .distinct()
                        .map(signal -> new Facet(SIGNAL, signal))
                        .toList();
        LoggedItem logged = new LoggedItem(item.itemId(), item.propensity(), known(signals));
        return items.computeIfAbsent(logged, same -> same);
    }

    private String known(String name) {
        return names.computeIfAbsent(name, same -> same);
    }

    private List<Facet> known(List<Facet> some) {
        return facets.computeIfAbsent(some, same -> same);
    }

    private static List<Facet> facets(Exposure exposure) {
        Scope scope = exposure.answer().scope();
        List<Facet> facets = new ArrayList<>();
        facets.add(surface(scope));
        facets.add(new Facet(SEGMENT, exposure.request().segment().orElse(NONE)));
        facets.add(new Facet(RELEASE, surface(scope).value() + " " + release(exposure)));
        facets.add(new Facet(
                DAY, exposure.at().atZone(ZoneOffset.UTC).toLocalDate().toString()));
        exposure.answer()
                .assignment()
                .map(assignment ->
                        variant(scope.tenant(), scope.surface(), assignment.experiment()) + assignment.variant())
                .ifPresent(variant -> facets.add(new Facet(VARIANT, variant)));
        exposure.answer().degradations().stream()
                .map(degradation -> degradation.kind().name().toLowerCase(Locale.ROOT))
                .distinct()
                .forEach(kind -> facets.add(new Facet(DEGRADATION, kind)));
        if (exposure.answer().degradations().isEmpty()) {
            facets.add(new Facet(DEGRADATION, NONE));
        }
        return facets;
    }

    private static String release(Exposure exposure) {
        long release = exposure.answer().release();
        return release == 0 ? NONE : "#" + release;
    }

    /** Returns what the names of all variants of an experiment begin with. */
    static String variant(String tenant, String surface, String experiment) {
        return tenant + "/" + surface + " " + experiment + ": ";
    }
}
