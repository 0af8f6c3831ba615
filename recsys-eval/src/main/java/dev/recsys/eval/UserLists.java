package dev.recsys.eval;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The open lists of one user. Items are indexed once somebody asks for one: many users share a name such as "guest", and most
 * have no outcome that is looked for by user.
 */
final class UserLists {
    private final Deque<OpenList> lists = new ArrayDeque<>(); // the oldest first
    private final Map<String, NavigableMap<Instant, OpenList>> byItem = new HashMap<>();
    private boolean isIndexed;

    /** Adds a list that comes after all others in order. */
    void addLast(OpenList added) {
        lists.addLast(added);
        if (isIndexed) {
            index(added);
        }
    }

    void removeFirst() {
        OpenList removed = lists.removeFirst();
        if (isIndexed) {
            removed.list
                    .items()
                    .forEach(item -> byItem.computeIfPresent(item.item(), (name, byTime) -> {
                        byTime.remove(removed.list.at(), removed);
                        return byTime.isEmpty() ? null : byTime;
                    }));
        }
    }

    boolean isEmpty() {
        return lists.isEmpty();
    }

    boolean has(String item) {
        return index().containsKey(item);
    }

    /** Returns the last list with an item that is not after a time. */
    Optional<OpenList> last(String item, Instant at) {
        return Optional.ofNullable(index().get(item))
                .flatMap(byTime -> Optional.ofNullable(byTime.floorEntry(at)))
                .map(Map.Entry::getValue);
    }

    private Map<String, NavigableMap<Instant, OpenList>> index() {
        if (!isIndexed) {
            lists.forEach(this::index);
            isIndexed = true;
        }
        return byItem;
    }

    /** Of lists of one instant the last in order stays. */
    private void index(OpenList added) {
        added.list
                .items()
                .forEach(item -> byItem.computeIfAbsent(item.item(), unused -> new TreeMap<>())
                        .put(added.list.at(), added));
    }
}
