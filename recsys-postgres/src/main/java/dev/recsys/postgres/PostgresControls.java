package dev.recsys.postgres;

import dev.recsys.Scope;
import dev.recsys.StoreUnavailableException;
import dev.recsys.control.Controls;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.ItemTags;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Rules;
import dev.recsys.control.TenantConfigs;
import dev.recsys.control.Tenants;
import dev.recsys.control.Versioned;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has in force what a database says, in every process that has one of these: a change is seen everywhere within a second as
 * a rule, and within the refresh interval if its notification is lost. Requests are answered from memory alone.
 *
 * <p>While the database is away, what was read last holds, {@link #problem()} says so, and a process that starts takes what
 * {@link Builder#localCopies} has kept. A tenant that is not in the database is active and has the defaults.
 *
 * <p>Takes one connection for good, and another now and then. Safe for concurrent use.
 */
public final class PostgresControls implements Controls, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresControls.class);

    private final TenantReader reader;
    private final TenantCache cache;
    private final List<FleetListener> listeners;
    private final Transactions transactions;
    private final String instance;
    private final Refreshes refreshes;
    private final FleetThread thread;

    private PostgresControls(Builder builder) {
        this.transactions = builder.database.transactions();
        this.reader = new TenantReader(transactions);
        this.cache =
                new TenantCache(reader, builder.copies, builder.maxItems, builder.refreshInterval, System::nanoTime);
        this.refreshes = new Refreshes(cache);
        this.listeners = new CopyOnWriteArrayList<>(builder.listeners);
        this.instance = builder.instance;
        this.thread = new FleetThread(
                builder.database.source(),
                new Feed(transactions),
                builder.refreshInterval,
                cache::refreshAll,
                this::changed,
                InstantSource.system(),
                System::nanoTime);
    }

    /** Starts with a database's controls. */
    public static Builder builder(PostgresDatabase database) {
        return new Builder(database);
    }

    /** Collects how controls are followed; not safe for concurrent use. */
    public static final class Builder {
        private static final Duration SHORTEST = Duration.ofMillis(100);
        private static final Duration LONGEST = Duration.ofDays(1);

        private final PostgresDatabase database;
        private final List<FleetListener> listeners = new ArrayList<>();
        private Optional<TenantCopies> copies = Optional.empty();
        private Duration refreshInterval = Duration.ofSeconds(30);
        private long maxItems = 1_000_000;
        private String instance = "pid-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID();

        private Builder(PostgresDatabase database) {
            this.database = database;
        }

        /**
         * Says after what time a change is seen at the latest if its notification is lost, 30 seconds by default.
         *
         * @throws IllegalArgumentException if it is less than 100 milliseconds or more than a day
         */
        public Builder refreshInterval(Duration interval) {
            if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "refreshInterval is " + interval + "; expected " + SHORTEST + " to " + LONGEST);
            }
            this.refreshInterval = interval;
            return this;
        }

        /**
         * Says how many items of all tenants are in memory at most, a million by default; an item with a brand, two
         * categories and two tags takes about 750 bytes. What
         * else is configured for a tenant counts as 100 items. Tenants that are asked for seldom leave first. One with more
         * items than that keeps what was in memory before, and its answers say so.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxItems(long items) {
            if (items < 1) {
                throw new IllegalArgumentException("maxItems is " + items + "; expected at least 1");
            }
            this.maxItems = items;
            return this;
        }

        /** Says where what is configured is kept, so that a process can start with it while the database is away. */
        public Builder localCopies(Path folder) {
            this.copies = Optional.of(new TenantCopies(folder));
            return this;
        }

        /** Adds one that hears of changes, such as of releases; may be called again. */
        public Builder listener(FleetListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * Says what this process is called where invalidations are recorded; by default after its number, and by chance.
         *
         * @throws IllegalArgumentException if it is not 1 to 200 printable ASCII characters
         */
        public Builder instance(String name) {
            if (!name.matches("[ -~]{1,200}")) {
                throw new IllegalArgumentException("instance is not 1 to 200 printable ASCII characters");
            }
            this.instance = name;
            return this;
        }

        /** Starts to follow the database, on a daemon thread; does not wait for it. */
        public PostgresControls open() {
            PostgresControls controls = new PostgresControls(this);
            controls.thread.start();
            return controls;
        }
    }

    /** Items may be many: they are read on a thread of their own, so that who changes little does not wait for it. */
    private void changed(FleetChange change) {
        if (cache.ifPresent(change.tenant()) != null && !change.kind().equals("release")) {
            refreshes.request(change.tenant());
        }
        boolean heard = true;
        for (FleetListener listener : listeners) {
            try {
                listener.changed(change);
            } catch (Throwable e) { // an Error too: the others must hear, and later changes be heard of
                heard = false;
                log.error("a listener for changes of the fleet failed: {}", e.toString());
            }
        }
        if (heard && change.kind().equals("invalidate")) {
            refreshes.then(change.tenant(), () -> Applications.record(transactions, change, instance));
        }
    }

    /** Returns why what is in memory of the surface's tenant may be out of date; empty if all is well. */
    @Override
    public Optional<String> problem(Scope scope) {
        Optional<String> ofAll = thread.problem();
        return ofAll.isPresent() ? ofAll : cache.problem(scope.tenant());
    }

    /** Returns why the database has not confirmed what is in memory of any tenant; empty if it has. */
    public Optional<String> problem() {
        return thread.problem();
    }

    /** Adds one that hears of changes from now on, such as one that needs what these controls are given to. */
    public void addListener(FleetListener listener) {
        listeners.add(listener);
    }

    /**
     * Waits until the database has answered once, so that what is prepared afterwards is what it says; need not be called.
     *
     * @return whether it has answered by then
     */
    public boolean awaitAnswer(Duration time) {
        return thread.awaitAnswer(time);
    }

    /** Gets what is configured for the surface's tenant into memory; reads it anew if that was done long ago. */
    @Override
    public void prepare(Scope scope) {
        var unused = cache.get(scope.tenant(), thread.problem().isEmpty());
    }

    private TenantState state(Scope scope) {
        TenantState state = cache.ifPresent(scope.tenant());
        if (state == null) {
            throw new StoreUnavailableException("what is configured for tenant " + scope.tenant()
                    + " is not in memory; it is read when the surface is prepared");
        }
        return state;
    }

    @Override
    public TenantConfigs configs() {
        return new TenantConfigs() {
            @Override
            public Versioned<RankingConfig> current(Scope scope) {
                return state(scope).config(scope.surface());
            }

            @Override
            public Optional<RankingConfig> version(Scope scope, String version) {
                return reader.version(scope, DocumentKind.CONFIG, version);
            }
        };
    }

    @Override
    public Rules rules() {
        return new Rules() {
            @Override
            public Versioned<RuleSet> current(Scope scope) {
                return state(scope).rules(scope.surface());
            }

            @Override
            public Optional<RuleSet> version(Scope scope, String version) {
                return reader.version(scope, DocumentKind.RULES, version);
            }
        };
    }

    @Override
    public ItemTags items() {
        return new ItemTags() {
            @Override
            public Versioned<List<ItemAttributes>> current(Scope scope) {
                return state(scope).items();
            }

            @Override
            public Optional<List<ItemAttributes>> version(Scope scope, String version) {
                return reader.items(scope, version);
            }
        };
    }

    @Override
    public Tenants tenants() {
        return scope -> state(scope).tenant();
    }

    /** Follows the database no longer; what is in memory stays. The database is not closed. May be called again. */
    @Override
    public void close() {
        thread.close();
        refreshes.close();
    }
}
