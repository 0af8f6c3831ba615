package dev.recsys.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recsys.StoreUnavailableException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is configured for the tenants that are asked for, in memory, up to a number of items in all; who is asked for seldom
 * leaves first. To look at it takes no lock and no I/O. Where the database is away, what was read last stays,
 * and what the local disk has takes the place of what was never read.
 */
final class TenantCache {
    private static final Logger log = LoggerFactory.getLogger(PostgresControls.class);
    private static final int STRIPES = 64;
    private static final int WEIGHT_OF_DOCUMENTS = 100; // in items

    private final TenantReader reader;
    private final Optional<TenantCopies> copies;
    private final long maxItems;
    private final Duration maxAge;
    private final LongSupplier nanoTime;
    private final Cache<String, Entry> entries;
    private final Map<String, Optional<String>> problems = new ConcurrentHashMap<>(); // by tenant that is in memory
    private final Object[] loading = new Object[STRIPES]; // held while a tenant is read

    /**
     * What is known of a tenant.
     *
     * @param state what is configured
     * @param readAtNanos when the database said so
     * @param confirmed whether the database said so, and not the local disk
     */
    private record Entry(TenantState state, long readAtNanos, boolean confirmed) {}

    TenantCache(
            TenantReader reader, Optional<TenantCopies> copies, long maxItems, Duration maxAge, LongSupplier nanoTime) {
        this.reader = reader;
        this.copies = copies;
        this.maxItems = maxItems;
        this.maxAge = maxAge;
        this.nanoTime = nanoTime;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxItems + (long) STRIPES * WEIGHT_OF_DOCUMENTS)
                .weigher((String tenant, Entry entry) ->
                        WEIGHT_OF_DOCUMENTS + entry.state().items().value().size())
                .build();
        Arrays.setAll(loading, any -> new Object());
    }

    /** Returns what is in memory. */
    @Nullable
    TenantState ifPresent(String tenant) {
        Entry entry = entries.getIfPresent(tenant);
        return entry == null ? null : entry.state();
    }

    /** Returns the tenants that are in memory. */
    Set<String> tenants() {
        return Set.copyOf(entries.asMap().keySet());
    }

    /**
     * Returns what is in memory, after getting it there. What the database said longer than the largest age ago is read
     * again.
     *
     * @param isReachable whether the database answered when it was asked last; if not, a copy on the local disk will do
     */
    TenantState get(String tenant, boolean isReachable) {
        Entry entry = entries.getIfPresent(tenant);
        if (entry != null && (!isReachable || isYoung(tenant, entry))) {
            return entry.state();
        }
        if (!isReachable && copies.isPresent()) {
            Optional<TenantState> copy = copies.get().read(tenant);
            if (copy.isPresent()) {
                Entry kept = new Entry(copy.get(), nanoTime.getAsLong(), false);
                Entry known = entries.asMap().putIfAbsent(tenant, kept); // the database may have answered meanwhile
                return (known == null ? kept : known).state();
            }
        }
        return refresh(tenant);
    }

    private boolean isYoung(String tenant, Entry entry) {
        return entry.confirmed()
                && !problems.containsKey(tenant)
                && nanoTime.getAsLong() - entry.readAtNanos() < maxAge.toNanos();
    }

    /**
     * Reads what is configured for a tenant.
     *
     * @throws RuntimeException if that fails; what is in memory stays, and {@link #problem} says why until it succeeds
     */
    TenantState refresh(String tenant) {
        try {
            TenantState state = read(tenant);
            problems.remove(tenant);
            return state;
        } catch (RuntimeException e) {
            if (ifPresent(tenant) != null) {
                String why = "what is configured cannot be read anew: " + e.getMessage();
                if (problems.put(tenant, Optional.of(why)) == null) {
                    log.error("Tenant {}: {}. What was read before holds.", tenant, why);
                }
            }
            throw e;
        }
    }

    /** Returns why what is in memory of a tenant may be out of date, if reading it anew failed. */
    Optional<String> problem(String tenant) {
        return problems.isEmpty() ? Optional.empty() : problems.getOrDefault(tenant, Optional.empty());
    }

    private TenantState read(String tenant) {
        synchronized (loading[Math.floorMod(tenant.hashCode(), STRIPES)]) {
            TenantState before = ifPresent(tenant);
            TenantState read = reader.read(tenant, before == null ? TenantState.NOTHING : before, maxItems);
            TenantState now = before != null && before.equals(read) ? before : read;
            put(tenant, new Entry(now, nanoTime.getAsLong(), true));
            if (!now.equals(before)) {
                keep(tenant, now);
            }
            return now;
        }
    }

    private TenantState put(String tenant, Entry entry) {
        entries.put(tenant, entry);
        return entry.state();
    }

    private void keep(String tenant, TenantState state) {
        try {
            copies.ifPresent(folder -> folder.keep(tenant, state));
        } catch (RuntimeException e) {
            log.warn(
                    "What is configured for tenant {} could not be kept on the local disk, {}; without the database this"
                            + " process cannot start again with it.",
                    tenant,
                    e.toString());
        }
    }

    /**
     * Reads everything again that is in memory. What fails for itself stays as it is.
     *
     * @throws StoreUnavailableException if the database is away
     */
    void refreshAll() {
        for (String tenant : tenants()) {
            try {
                refresh(tenant);
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (RuntimeException e) { // told by then, and asked for again when the tenant is prepared
                log.debug("tenant {} stays as it is", tenant, e);
            }
        }
    }
}
