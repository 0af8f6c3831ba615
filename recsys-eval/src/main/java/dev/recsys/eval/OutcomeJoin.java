package dev.recsys.eval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins outcomes to what was shown: each to one item of one list at most, whatever the order in which they come.
 *
 * <p>An outcome that names a list by its request id belongs to the item in that list, unless the list is longer ago than the
 * window; it may be dated before the list, for clocks differ. One that names none belongs to the last list with the item that
 * its user was shown, at most the window before it and not after it; of lists of the same instant to the one whose request id
 * is the last in order. An item that is twice in a list is its first place. Of lists of a tenant with the same request id the
 * earliest counts, then the least by user and content; of outcomes that are equal in everything one counts.
 *
 * <p>All that was not settled is in memory: some 770 bytes a list of ten items, if the caller gives equal items as
 * the same object, and more of users with outcomes that name no list. Logs that are in order of time can be {@link #settle}d in between, so that lists leave with the window. Not
 * safe for concurrent use.
 */
public final class OutcomeJoin {
    private static final Comparator<LoggedList> BY_TIME = Comparator.comparing(LoggedList::at)
            .thenComparing(LoggedList::tenant)
            .thenComparing(list -> list.requestId().orElse(""))
            .thenComparing(list -> list.user().orElse(""))
            .thenComparing(LoggedList::toString); // asked for where all else is equal only

    private final Duration window;
    private final Consumer<JoinedList> sink;
    private final List<LoggedList> newLists = new ArrayList<>();
    private final List<LoggedOutcome> newOutcomes = new ArrayList<>();
    private final Deque<OpenList> open = new ArrayDeque<>(); // the oldest first
    private final Map<Key, OpenList> byRequest = new HashMap<>();
    private final Map<Key, UserLists> byUser = new HashMap<>();
    private final SortedMap<String, SortedMap<Fate, Long>> fates = new TreeMap<>();
    private long lists;
    private long repeatedLists;
    private long repeatedOutcomes;
    private long named;

    /**
     * Starts without lists and outcomes.
     *
     * @param window how long after a list an outcome may be; above 0
     * @param sink takes each list once, in order of time, as soon as nothing can come of it any more
     * @throws IllegalArgumentException if the window is not above 0
     */
    public OutcomeJoin(Duration window, Consumer<JoinedList> sink) {
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("the window is " + window + "; expected above 0");
        }
        this.window = window;
        this.sink = sink;
    }

    /** A name within a tenant. */
    private record Key(String tenant, String name) {}

    /** Takes a list that was shown. */
    public void shown(LoggedList list) {
        newLists.add(list);
    }

    /** Takes something that a user did. */
    public void happened(LoggedOutcome outcome) {
        newOutcomes.add(outcome);
    }

    /**
     * Joins all outcomes before a time and lets lists go whose window is over. What comes later must not be dated before it;
     * then the same is joined as without, but for an outcome that is dated before its own list. What let go is not known any
     * more: its request id may come again, and an outcome that misses its window has no list and no user.
     */
    public void settle(Instant before) {
        openLists(before);
        newOutcomes.sort(LoggedOutcome.ORDER);
        int settled = 0;
        while (settled < newOutcomes.size() && newOutcomes.get(settled).at().isBefore(before)) {
            LoggedOutcome outcome = newOutcomes.get(settled);
            if (settled > 0 && outcome.equals(newOutcomes.get(settled - 1))) {
                repeatedOutcomes++;
            } else {
                count(outcome, join(outcome));
            }
            settled++;
        }
        newOutcomes.subList(0, settled).clear();
        while (!open.isEmpty() && open.getFirst().list.at().isBefore(before.minus(window))) {
            close(open.removeFirst());
        }
    }

    /** Joins all that is left, and returns how much was joined since the start. */
    public JoinCounts finish() {
        settle(Instant.MAX);
        return new JoinCounts(lists, repeatedLists, repeatedOutcomes, named, fates);
    }

    private void openLists(Instant before) {
        newLists.sort(BY_TIME);
        int settled = 0;
        while (settled < newLists.size() && newLists.get(settled).at().isBefore(before)) {
            open(newLists.get(settled));
            settled++;
        }
        newLists.subList(0, settled).clear();
    }

    private void open(LoggedList list) {
        OpenList added = new OpenList(list);
        Optional<Key> request = list.requestId().map(id -> new Key(list.tenant(), id));
        if (request.isPresent() && byRequest.putIfAbsent(request.get(), added) != null) {
            repeatedLists++;
            return;
        }
        lists++;
        open.addLast(added);
        list.user()
                .ifPresent(user -> byUser.computeIfAbsent(new Key(list.tenant(), user), unused -> new UserLists())
                        .addLast(added));
    }

    private void close(OpenList closed) {
        LoggedList list = closed.list;
        list.requestId().ifPresent(id -> byRequest.remove(new Key(list.tenant(), id)));
        list.user()
                .ifPresent(user -> byUser.computeIfPresent(new Key(list.tenant(), user), (key, lists) -> {
                    lists.removeFirst();
                    return lists.isEmpty() ? null : lists;
                }));
        sink.accept(new JoinedList(list, closed.outcomes));
    }

    private void count(LoggedOutcome outcome, Fate fate) {
        named += outcome.requestId().isPresent() ? 1 : 0;
        fates.computeIfAbsent(outcome.type(), unused -> new TreeMap<>()).merge(fate, 1L, Long::sum);
    }

    private Fate join(LoggedOutcome outcome) {
        if (outcome.requestId().isPresent()) {
            Key key = new Key(outcome.tenant(), outcome.requestId().get());
            return joinByRequest(outcome, byRequest.get(key));
        }
        UserLists shown = outcome.user().isPresent()
                ? byUser.get(new Key(outcome.tenant(), outcome.user().get()))
                : null;
        return shown == null ? Fate.NO_USER : joinByUser(outcome, shown);
    }

    private Fate joinByRequest(LoggedOutcome outcome, @Nullable OpenList named) {
        if (named == null) {
            return Fate.NO_SUCH_REQUEST;
        }
        int index = named.indexOf(outcome.item());
        if (index < 0) {
            return Fate.ITEM_NOT_IN_LIST;
        }
        if (!isInWindow(outcome, named)) {
            return Fate.OUTSIDE_WINDOW;
        }
        named.add(index, outcome);
        return Fate.BY_REQUEST;
    }

    private Fate joinByUser(LoggedOutcome outcome, UserLists shown) {
        if (!shown.has(outcome.item())) {
            return Fate.ITEM_NOT_IN_LIST;
        }
        Optional<OpenList> last = shown.last(outcome.item(), outcome.at()).filter(list -> isInWindow(outcome, list));
        last.ifPresent(list -> list.add(list.indexOf(outcome.item()), outcome));
        return last.isPresent() ? Fate.BY_USER : Fate.OUTSIDE_WINDOW;
    }

    private boolean isInWindow(LoggedOutcome outcome, OpenList shown) {
        return Duration.between(shown.list.at(), outcome.at()).compareTo(window) <= 0;
    }
}
