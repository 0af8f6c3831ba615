package dev.recsys.postgres;

import dev.recsys.OutcomeUnknownException;
import dev.recsys.Scope;
import dev.recsys.StoreUnavailableException;
import dev.recsys.control.Outcome;
import dev.recsys.control.UserHistory;
import dev.recsys.controls.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The histories of users in a database, which all processes share. Requests are answered from memory alone: a user who is not
 * there has no history at first, and is read in the background. What was recorded is seen by the next request of this
 * process, and by another one once it has read the user again.
 *
 * <p>Of a user in a scope, the newest time of each item and type is in memory, of the newest {@link Builder#perUser} of
 * these, found among ten times as many interactions; a window that reaches further back sees no more. The same user doing the
 * same with the same item at the same microsecond is one interaction, however often it is recorded.
 *
 * <p>Nothing that is recorded waits: what the queue has no room for is dropped, and counted. What is in the queue is lost if
 * the process dies. Takes up to three connections now and then. Close it before the database. Safe for concurrent use.
 */
public final class PostgresUserHistory implements UserHistory, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresUserHistory.class);

    private final OutcomeBounds bounds;
    private final HistoryCache cache;
    private final Backlog backlog;
    private final ExecutorService readers;
    private final HistoryReader reader;
    private final HistoryUpkeep upkeep;
    private final HistoryWriter writer;
    private final Erasure erasure;
    private final Duration closeWithin;

    private PostgresUserHistory(Builder builder) {
        Transactions transactions = builder.database.transactions();
        HistoryTable table = new HistoryTable(transactions);
        HistoryMonths months = new HistoryMonths(transactions);
        this.bounds = new OutcomeBounds(builder.keepFor, builder.clock);
        this.cache =
                new HistoryCache(builder.maxInteractions, builder.perUser, builder.refreshInterval, builder.nanoTime);
        this.backlog = new Backlog(builder.queue, builder.nanoTime);
        this.readers = HistoryReader.threads();
        this.reader = new HistoryReader(readers, table, cache, backlog, bounds, builder.perUser);
        this.upkeep = new HistoryUpkeep(months, bounds);
        this.writer = new HistoryWriter(backlog, table, months, cache, upkeep);
        this.erasure = new Erasure(transactions, bounds);
        this.closeWithin = builder.closeWithin;
    }

    /** Starts with a database's histories. */
    public static Builder builder(PostgresDatabase database) {
        return new Builder(database);
    }

    /** Collects how histories are kept; not safe for concurrent use. */
    public static final class Builder {
        private static final Duration LONGEST = Duration.ofDays(3_650);

        private final PostgresDatabase database;
        private int perUser = 200;
        private long maxInteractions = 1_000_000;
        private Duration refreshInterval = Duration.ofMinutes(1);
        private int queue = 10_000;
        private Duration keepFor = Duration.ofDays(400);
        private Duration closeWithin = Duration.ofSeconds(5);
        private InstantSource clock = InstantSource.system();
        private LongSupplier nanoTime = System::nanoTime;

        private Builder(PostgresDatabase database) {
            this.database = database;
        }

        /**
         * Says how many interactions of a user in a scope are in memory, 200 by default.
         *
         * @throws IllegalArgumentException if it is not 1 to 10,000
         */
        public Builder perUser(int interactions) {
            this.perUser = (int) requireRange("perUser", interactions, 10_000);
            return this;
        }

        /**
         * Says how many interactions of all users are in memory at most, a million by default; one takes about 200 bytes. Users
         * who were not asked for longest leave first as a rule, and each after an hour.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxInteractions(long interactions) {
            this.maxInteractions = requireRange("maxInteractions", interactions, Long.MAX_VALUE);
            return this;
        }

        /**
         * Says after what time a user who is asked for is read again, for other processes may have recorded something; one
         * minute by default.
         *
         * @throws IllegalArgumentException if it is not more than zero, or more than ten years
         */
        public Builder refreshInterval(Duration interval) {
            this.refreshInterval = requireRange("refreshInterval", interval, Duration.ofNanos(1));
            return this;
        }

        /**
         * Says how many outcomes may wait to be written, 10,000 by default; one that comes when so many wait is dropped.
         *
         * @throws IllegalArgumentException if it is not 1 to 10,000,000
         */
        public Builder queue(int outcomes) {
            this.queue = (int) requireRange("queue", outcomes, 10_000_000);
            return this;
        }

        /**
         * Says for how long interactions are kept, 400 days by default. What is older is neither written nor read; it leaves the
         * database with its month, once all of that is older. All processes that share a database say the same.
         *
         * @throws IllegalArgumentException if it is less than two days, or more than ten years
         */
        public Builder keepFor(Duration time) {
            this.keepFor = requireRange("keepFor", time, Duration.ofDays(2));
            return this;
        }

        /**
         * Says how long {@link #close} writes what still waits, 5 seconds by default.
         *
         * @throws IllegalArgumentException if it is not more than zero, or more than ten years
         */
        public Builder closeWithin(Duration time) {
            this.closeWithin = requireRange("closeWithin", time, Duration.ofNanos(1));
            return this;
        }

        /** Takes the time from elsewhere. */
        Builder time(InstantSource wall, LongSupplier monotonic) {
            this.clock = wall;
            this.nanoTime = monotonic;
            return this;
        }

        private static long requireRange(String what, long value, long most) {
            if (value < 1 || value > most) {
                throw new IllegalArgumentException(what + " is " + value + "; expected 1 to " + most);
            }
            return value;
        }

        private static Duration requireRange(String what, Duration value, Duration least) {
            if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(what + " is " + value + "; expected " + least + " to " + LONGEST);
            }
            return value;
        }

        /** Starts, with a daemon thread that writes; does not wait for the database. */
        public PostgresUserHistory open() {
            PostgresUserHistory history = new PostgresUserHistory(this);
            history.writer.start();
            return history;
        }
    }

    /**
     * Remembers an outcome at once, and queues it to be written. Returns false if it will not be: it is counted as dropped or
     * refused in {@link #stats}.
     */
    public boolean record(Outcome outcome) {
        if (!bounds.admit(outcome)) {
            backlog.refuse();
            return false;
        }
        Instant at = outcome.at().truncatedTo(ChronoUnit.MICROS); // as PostgreSQL keeps it
        Outcome exact = new Outcome(outcome.scope(), outcome.user(), outcome.item(), outcome.type(), at);
        long forgettings = cache.forgettings();
        long number = backlog.offer(exact);
        Interaction added = new Interaction(exact.item(), exact.type(), at, number);
        cache.add(new UserKey(exact.scope(), exact.user()), added, forgettings);
        return number > 0;
    }

    @Override
    public List<String> recentItems(Scope scope, String user, int limit) {
        return known(scope, user).recent(limit);
    }

    /** Returns the items that the user dealt with from a time on, newest first, each once; from memory. */
    public List<String> seen(Scope scope, String user, Instant since) {
        return known(scope, user).since(since, type -> true);
    }

    /**
     * Returns the items that the user dealt with in one of these ways from a time on, such as those purchased in the last month,
     * newest first, each once; from memory.
     */
    public List<String> interacted(Scope scope, String user, Set<String> types, Instant since) {
        return known(scope, user).since(since, types::contains);
    }

    private UserItems known(Scope scope, String user) {
        UserKey key = new UserKey(scope, user);
        UserItems items = cache.find(key);
        if (!cache.isFresh(items) && OutcomeBounds.isUser(user)) {
            CompletableFuture<Void> unused = reader.read(key);
        }
        return items;
    }

    /**
     * Gets a user into memory, as when somebody logs in.
     *
     * @return completes when the user is there; exceptionally, with a {@link StoreUnavailableException}, if that failed
     */
    public CompletableFuture<Void> prefetch(Scope scope, String user) {
        UserKey key = new UserKey(scope, user);
        if (cache.isFresh(cache.find(key)) || !OutcomeBounds.isUser(user)) {
            return CompletableFuture.completedFuture(null);
        }
        return reader.read(key).copy();
    }

    /**
     * Removes all that a person did with a tenant, in one transaction, and marks the person, so that nothing from before is
     * written later by any process. What the person does afterwards is recorded as anybody's. Audited without the user's id.
     *
     * <p>Other processes drop the tenant's users from memory when their {@link #listener} hears of it, within a second as a
     * rule; without one they read a user again when asked, see {@link Builder#refreshInterval}. May be called again.
     *
     * @param by who forgets, 1 to 500 characters
     * @param reason why, 1 to 500 characters; it stays in the audit, so it does not name the person
     * @return what was removed, and what remains elsewhere
     * @throws StoreUnavailableException if the database did not answer; nothing was removed
     * @throws OutcomeUnknownException if it may or may not have been done; call it again
     * @throws IllegalArgumentException if tenant, user, by or reason is not one
     */
    public Forgotten forget(String tenant, String user, String by, String reason) {
        String name = Place.of(tenant).tenant();
        try {
            Forgotten forgotten = erasure.forget(name, List.of(user), by, reason);
            backlog.forget(name, user);
            return forgotten;
        } finally {
            cache.forget(name, user);
        }
    }

    /** Returns what hears that somebody was forgotten in another process, for {@link PostgresControls.Builder#listener}. */
    public FleetListener listener() {
        return change -> {
            if (change.kind().equals("history")) {
                cache.forget(change.tenant());
            }
        };
    }

    /**
     * Drops the months that are wholly older than is kept, as is done once a day anyway; returns how many.
     *
     * @throws StoreUnavailableException if the database did not answer
     */
    public int dropExpired() {
        return upkeep.run();
    }

    /** Waits until nothing waits any more of what was recorded before; returns false if that took too long. */
    public boolean flush(Duration most) throws InterruptedException {
        return backlog.flush(most);
    }

    /** Returns what became of what was recorded; also after it was closed. */
    public HistoryStats stats() {
        return backlog.stats(reader.unread(), upkeep.dropped());
    }

    /**
     * Writes what waits, for as long as {@link Builder#closeWithin} says and a second more; what is left then is counted as lost
     * or unknown, and logged. What is in memory stays. The database is not closed. May be called again.
     */
    @Override
    public void close() {
        writer.close(closeWithin);
        readers.shutdownNow();
        reader.close();
        HistoryStats stats = stats();
        if (stats.lost() + stats.unknown() > 0) {
            log.error(
                    "History was closed before all was written: {} outcomes are lost, of {} it is unknown.",
                    stats.lost(),
                    stats.unknown());
        }
    }
}
