package dev.recsys.publish.probe;

import dev.recsys.DamagedException;
import dev.recsys.RecsysException;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.publish.probe.StoreVerdict.Finding;
import dev.recsys.publish.probe.StoreVerdict.Outcome;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One run: the endpoints, the calls that the checks make, what they found, and what is to be cleaned up. */
final class ProbeRun {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final List<BlobStore> endpoints;
    private final ProbeSettings settings;
    private final ProbeKeys keys;
    private final Map<StoreRule, Finding> findings = new EnumMap<>(StoreRule.class);
    private final Set<BlobKey> created = ConcurrentHashMap.newKeySet();

    ProbeRun(List<BlobStore> endpoints, ProbeSettings settings) {
        this.endpoints = List.copyOf(endpoints);
        this.settings = settings;
        this.keys = new ProbeKeys(settings.ambient().txs().get());
    }

    /** Tries one rule; returns how it was tried. */
    @FunctionalInterface
    interface Check {
        String run() throws RuleBroken;
    }

    /** Tries a rule, perhaps not for the first time. Once broken it stays so. */
    void check(StoreRule rule, Check check) {
        Outcome outcome = Outcome.KEPT;
        String detail;
        try {
            detail = check.run();
        } catch (RuleBroken | DamagedException e) {
            outcome = Outcome.BROKEN;
            detail = String.valueOf(e.getMessage());
        }
        findings.merge(rule, new Finding(rule, outcome, detail), ProbeRun::both);
    }

    private static Finding both(Finding before, Finding now) {
        boolean bothKept = before.outcome() == Outcome.KEPT && now.outcome() == Outcome.KEPT;
        if (bothKept) {
            return new Finding(now.rule(), Outcome.KEPT, before.detail() + "; " + now.detail());
        }
        return before.outcome() == Outcome.BROKEN ? before : now;
    }

    void notTried(StoreRule rule, String why) {
        findings.put(rule, new Finding(rule, Outcome.NOT_TRIED, why));
    }

    List<Finding> findings() {
        return new ArrayList<>(findings.values());
    }

    ProbeSettings settings() {
        return settings;
    }

    ProbeKeys keys() {
        return keys;
    }

    List<BlobStore> endpoints() {
        return endpoints;
    }

    /** Returns an endpoint; numbers beyond the last begin at the first again. */
    BlobStore endpoint(int number) {
        return endpoints.get(number % endpoints.size());
    }

    String endpointsInWords() {
        return endpoints.size() + (endpoints.size() == 1 ? " endpoint" : " endpoints");
    }

    Duration timeout() {
        return settings.callTimeout();
    }

    ReadResult read(BlobStore endpoint, BlobKey key, BlobVersion unless) {
        return endpoint.read(key, unless, Math.max(ProbeBody.BYTES, settings.largestBlobBytes()), timeout());
    }

    /** Reads the run's register, which must be there. */
    Blob register(BlobStore endpoint) throws RuleBroken {
        return register(endpoint, keys.register());
    }

    /** Reads a register, which must be there. */
    Blob register(BlobStore endpoint, BlobKey register) throws RuleBroken {
        if (read(endpoint, register, BlobVersion.ABSENT) instanceof ReadResult.Found found) {
            return found.blob();
        }
        throw new RuleBroken("the register that was written is absent");
    }

    /** Creates a blob that is deleted in the end, in one try, so that what is answered is about that one. */
    CreateResult createInOneTry(BlobStore endpoint, BlobKey key, byte[] bytes) {
        created.add(key);
        return endpoint.create(key, BlobSource.of(bytes), timeout());
    }

    /** Creates a blob that is deleted in the end; an outage may be tried again, for nothing changes a blob. */
    CreateResult create(BlobStore endpoint, BlobKey key, byte[] bytes) {
        created.add(key);
        for (int failures = 1; ; failures++) {
            try {
                return endpoint.create(key, BlobSource.of(bytes), timeout());
            } catch (StoreUnavailableException e) {
                if (failures == 3) {
                    throw e;
                }
                pause(failures);
            }
        }
    }

    /**
     * Swaps, and finds out what became of it where the store did not say. Two bodies are never equal, so that the register
     * tells.
     */
    SwapResult swap(BlobStore endpoint, BlobVersion expected, ProbeBody body) {
        long deadline = newDeadline();
        boolean mayHaveBeenSent = false;
        for (int failures = 1; ; failures++) {
            SwapResult result =
                    requireNotDenied(endpoint.compareAndSet(keys.register(), expected, body.bytes(), timeout()));
            if (result instanceof SwapResult.Applied) {
                return result;
            }
            if (result instanceof SwapResult.Mismatch) {
                return mayHaveBeenSent ? found(endpoint, expected, body).orElse(result) : result;
            }
            mayHaveBeenSent |= result instanceof SwapResult.Unknown;
            requireTime(result, deadline);
            pause(failures);
            Optional<SwapResult> found = mayHaveBeenSent ? found(endpoint, expected, body) : Optional.empty();
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    /** Ends the probe where waiting does not help: no permission, no room. */
    SwapResult requireNotDenied(SwapResult result) {
        if (result instanceof SwapResult.NotSent notSent && notSent.cause() instanceof StoreDeniedException denied) {
            throw new StoreDeniedException(
                    "The probe of " + endpoints.get(0).location() + " could not be finished: " + denied.getMessage()
                            + ". Nothing was found out; mend that, and probe again.",
                    denied);
        }
        return result;
    }

    /** Returns what the register tells of a swap; empty while it still has the version that the swap expects. */
    private Optional<SwapResult> found(BlobStore endpoint, BlobVersion expected, ProbeBody body) {
        ReadResult result = read(endpoint, keys.register(), BlobVersion.ABSENT);
        if (!(result instanceof ReadResult.Found found)) {
            return expected.equals(BlobVersion.ABSENT) ? Optional.empty() : Optional.of(new SwapResult.Mismatch());
        }
        if (Arrays.equals(found.blob().bytes(), body.bytes())) {
            return Optional.of(new SwapResult.Applied(found.blob().version()));
        }
        return found.blob().version().equals(expected) ? Optional.empty() : Optional.of(new SwapResult.Mismatch());
    }

    private void requireTime(SwapResult last, long deadline) {
        if (isOver(deadline)) {
            Throwable cause =
                    last instanceof SwapResult.Unknown unknown ? unknown.cause() : ((SwapResult.NotSent) last).cause();
            throw new StoreUnavailableException(
                    "The probe of " + endpoints.get(0).location() + " could not be finished in " + settings.patience()
                            + ": " + cause.getMessage()
                            + ". Nothing was found out; probe again when the store answers.",
                    cause);
        }
    }

    /** Returns when patience ends that begins now. */
    long newDeadline() {
        return now() + settings.patience().toNanos();
    }

    boolean isOver(long deadline) {
        return now() - deadline > 0;
    }

    /** Waits, longer after each failure. */
    void pause(int failures) {
        try {
            settings.ambient().sleeper().sleep(settings.ambient().backOff(failures, FIRST_PAUSE, LONGEST_PAUSE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("The probe was interrupted; nothing was found out.", e);
        }
    }

    /** Deletes what was created; what the store does not delete lies where nobody looks. */
    void cleanUp() {
        for (BlobKey key : created) {
            try {
                endpoints.get(0).delete(key, timeout());
            } catch (RecsysException e) {
                return;
            }
        }
    }

    private long now() {
        return settings.ambient().nanoTime().getAsLong();
    }
}
