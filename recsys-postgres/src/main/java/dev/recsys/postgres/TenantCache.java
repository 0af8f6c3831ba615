package dev.recsys.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recsys.RecsysException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is configured for the tenants that are asked for, in memory, up to a number of items in all; whoever was not asked
 * for longest leaves first. To look at it takes no lock and no I/O. Where the database is away, what was read last stays,
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
        if (entry != null && (!isReachable || isYoung(entry))) {
            return entry.state();
        }
        if (!isReachable && copies.isPresent()) {
            Optional<TenantState> copy = copies.get().read(tenant);
            if (copy.isPresent()) {
                return put(tenant, new Entry(copy.get(), nanoTime.getAsLong(), false));
            }
        }
        return refresh(tenant);
    }

    private boolean isYoung(Entry entry) {
        return entry.confirmed() && nanoTime.getAsLong() - entry.readAtNanos() < maxAge.toNanos();
    }

    /**
     * Reads what is configured for a tenant.
     *
     * @throws RecsysException if that fails; what is in memory stays
     */
    TenantState refresh(String tenant) {
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

    /** Reads everything again that is in memory; what fails stays as it is. Returns the last failure. */
    Optional<RecsysException> refreshAll() {
        Optional<RecsysException> failure = Optional.empty();
        for (String tenant : tenants()) {
            try {
                refresh(tenant);
            } catch (RecsysException e) {
                failure = Optional.of(e);
            }
        }
        return failure;
    }
}
