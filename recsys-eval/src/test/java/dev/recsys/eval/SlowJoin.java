package dev.recsys.eval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The join as its definition reads: every outcome is held against every list. */
final class SlowJoin {
    private final List<LoggedList> lists = new ArrayList<>();
    private final Duration window;

    SlowJoin(List<LoggedList> all, Duration window) {
        this.window = window;
        Set<String> ids = new HashSet<>();
        all.stream()
                .sorted(Comparator.comparing(LoggedList::at)
                        .thenComparing(list -> list.requestId().orElse(""))
                        .thenComparing(list -> list.user().orElse(""))
                        .thenComparing(LoggedList::toString))
                .filter(list ->
                        list.requestId().isEmpty() || ids.add(list.requestId().get()))
                .forEach(lists::add);
    }

    /** What belongs to what, as lines. */
    Set<String> join(List<LoggedOutcome> outcomes) {
        Set<String> joined = new TreeSet<>();
        for (LoggedOutcome outcome : outcomes) {
            listOf(outcome).ifPresent(list -> joined.add(line(list, indexOf(list, outcome.item()), outcome)));
        }
        return joined;
    }

    static String line(LoggedList list, int index, LoggedOutcome outcome) {
        return list + " #" + index + " <- " + outcome;
    }

    private Optional<LoggedList> listOf(LoggedOutcome outcome) {
        List<LoggedList> fitting = lists.stream()
                .filter(list -> indexOf(list, outcome.item()) >= 0)
                .filter(list -> !outcome.at().isAfter(list.at().plus(window)))
                .filter(list -> outcome.requestId().isPresent()
                        ? outcome.requestId().equals(list.requestId())
                        : outcome.user().isPresent()
                                && outcome.user().equals(list.user())
                                && !list.at().isAfter(outcome.at()))
                .toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(fitting.get(fitting.size() - 1));
    }

    private static int indexOf(LoggedList list, String item) {
        return list.items().stream().map(LoggedItem::item).toList().indexOf(item);
    }
}
