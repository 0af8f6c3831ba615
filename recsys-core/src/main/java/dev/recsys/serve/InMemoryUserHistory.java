package dev.recsys.serve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import dev.recsys.control.UserHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The recent items of the users seen by this process, in memory: fed by recorded outcomes, gone with the process. Users
 * who were not seen for longest leave first. Safe for concurrent use; what was recorded is seen by the next request.
 */
public final class InMemoryUserHistory implements UserHistory {
    private static final Comparator<Entry> NEWEST_FIRST =
            Comparator.comparing(Entry::at).reversed().thenComparing(Entry::item);

    private final Cache<Key, List<Entry>> users;
    private final int maxItems;

    /**
     * Creates an empty history. Full, it takes about {@code maxUsers * (100 + 60 * maxItems)} bytes.
     *
     * @param maxUsers how many users to remember, at least 1
     * @param maxItems how many items to remember of each, at least 1
     */
    public InMemoryUserHistory(int maxUsers, int maxItems) {
        if (maxUsers < 1 || maxItems < 1) {
            throw new IllegalArgumentException(
                    "maxUsers is " + maxUsers + " and maxItems " + maxItems + "; expected at least 1 of each");
        }
        this.users = Caffeine.newBuilder().maximumSize(maxUsers).build();
        this.maxItems = maxItems;
    }

    private record Key(Scope scope, String user) {}

    private record Entry(String item, Instant at) {}

    /** Remembers an outcome; an item that is there already moves to its newest time. */
    public void record(Outcome outcome) {
        Entry added = new Entry(outcome.item(), outcome.at());
        users.asMap()
                .merge(new Key(outcome.scope(), outcome.user()), List.of(added), (before, one) -> with(before, added));
    }

    /** Forgets a user everywhere. */
    public void forget(String user) {
        users.asMap().keySet().removeIf(key -> key.user().equals(user));
    }

    @Override
    public List<String> recentItems(Scope scope, String user, int limit) {
        List<Entry> entries = users.getIfPresent(new Key(scope, user));
        if (entries == null) {
            return List.of();
        }
        return entries.stream().limit(limit).map(Entry::item).toList();
    }

    private List<Entry> with(List<Entry> before, Entry added) {
        List<Entry> entries = new ArrayList<>(before.size() + 1);
        boolean known = false;
        for (Entry entry : before) {
            boolean same = entry.item().equals(added.item());
            known |= same;
            entries.add(same && added.at().isAfter(entry.at()) ? added : entry);
        }
        if (!known) {
            entries.add(added);
        }
        entries.sort(NEWEST_FIRST);
        return List.copyOf(entries.subList(0, Math.min(maxItems, entries.size())));
    }
}
