package dev.recsys.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The users that are in memory. Nothing comes in that was looked up before somebody was forgotten: who brings something says
 * how often that had happened when the look began. Safe for concurrent use.
 */
final class HistoryCache {
    private static final Duration UNUSED_FOR = Duration.ofHours(1);

    private final Cache<UserKey, UserItems> users;
    private final int most;
    private final Duration maxAge;
    private final LongSupplier nanoTime;
    private final AtomicLong forgettings = new AtomicLong();

    /**
     * Creates an empty one.
     *
     * @param maxInteractions of all users
     * @param most interactions of one user in one scope
     * @param maxAge after what time a user is read again
     */
    HistoryCache(long maxInteractions, int most, Duration maxAge, LongSupplier nanoTime) {
        this.users = Caffeine.newBuilder()
                .maximumWeight(maxInteractions)
                .weigher((UserKey key, UserItems items) ->
                        1 + items.newestFirst().size())
                .expireAfterAccess(UNUSED_FOR)
                .ticker(nanoTime::getAsLong)
                .build();
        this.most = most;
        this.maxAge = maxAge;
        this.nanoTime = nanoTime;
    }

    UserItems find(UserKey key) {
        UserItems items = users.getIfPresent(key);
        return items == null ? UserItems.NOTHING : items;
    }

    boolean isFresh(UserItems items) {
        return items.wasRead() && nanoTime.getAsLong() - items.readAtNanos() < maxAge.toNanos();
    }

    /** Returns how often somebody was forgotten so far. */
    long forgettings() {
        return forgettings.get();
    }

    /** Adds what happened just now, unless somebody was forgotten meanwhile; then it is read once it is written. */
    void add(UserKey key, Interaction added, long forgettingsBefore) {
        var unused = users.asMap().compute(key, (any, before) -> {
            UserItems known = before == null ? UserItems.NOTHING : before;
            return forgettings.get() == forgettingsBefore ? known.with(added, most) : known;
        });
    }

    /** Takes what was read; returns false, and takes nothing, if somebody was forgotten meanwhile. */
    boolean put(UserKey key, List<Interaction> rows, long settled, long forgettingsBefore) {
        AtomicBoolean taken = new AtomicBoolean();
        var unused = users.asMap().compute(key, (any, before) -> {
            UserItems known = before == null ? UserItems.NOTHING : before;
            taken.set(forgettings.get() == forgettingsBefore);
            return taken.get() ? known.readAgain(rows, settled, most, nanoTime.getAsLong()) : known;
        });
        return taken.get();
    }

    void forget(String tenant, String user) {
        drop(key -> key.user().equals(user) && key.scope().tenant().equals(tenant));
    }

    void forget(String tenant) {
        drop(key -> key.scope().tenant().equals(tenant));
    }

    private void drop(Predicate<UserKey> whom) {
        forgettings.incrementAndGet(); // first: what is looked up already is not let in after this pass
        users.asMap().keySet().removeIf(whom);
    }
}
