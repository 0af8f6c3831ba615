package dev.recsys.publish.probe;

import dev.recsys.internal.Ambient;
import dev.recsys.internal.Durations;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tries out whether a store keeps the contract of {@link BlobStore}, with real calls, and records the verdict in it.
 *
 * <p>Everything that a probe writes lies below {@code _recsys/probe}, where no tenant can be. Its blobs are deleted in the
 * end. Small registers, one for each run and one for each of its rounds, and one for the verdict on each location, stay:
 * registers are never deleted.
 *
 * <p>What it cannot try from outside - that a swap is sent once, what a loss of power or an interrupt leaves - is said to
 * be not tried. A rule that was kept in a probe may still be broken in a rarer moment; a rule that was broken is broken.
 *
 * <p>Immutable; each setting returns a changed copy.
 */
public final class StoreProbe {
    private static final int ENDPOINTS = 3;

    private final ProbeSettings settings;

    private StoreProbe(ProbeSettings settings) {
        this.settings = settings;
    }

    /** Returns the probe of {@code recsys doctor}: 100 rounds of 8 writers, and 100 blobs to list. */
    public static StoreProbe thorough() {
        return new StoreProbe(new ProbeSettings(
                100, 8, 1024 * 1024, 100, Duration.ofSeconds(30), Duration.ofMinutes(2), Ambient.system()));
    }

    /** Returns the probe of a first publish: 10 rounds of 8 writers, and 10 blobs to list. */
    public static StoreProbe quick() {
        return thorough().rounds(10).listedBlobs(10);
    }

    /** Sets how many rounds are run, 1 to 10,000: in each there are a race to write a new register and one to replace it. */
    public StoreProbe rounds(int rounds) {
        requireBetween("rounds", rounds, 1, 10_000);
        return with(rounds, settings.writers(), settings.largestBlobBytes(), settings.listedBlobs());
    }

    /** Sets how many writers take part in a race, 3 to 64. */
    public StoreProbe writers(int writers) {
        requireBetween("writers", writers, 3, 64);
        return with(settings.rounds(), writers, settings.largestBlobBytes(), settings.listedBlobs());
    }

    /** Sets the size of the largest blob that is written and read back, at least 1 MiB and at most 1 GiB. */
    public StoreProbe largestBlobBytes(int sizeBytes) {
        requireBetween("largestBlobBytes", sizeBytes, 1024 * 1024, 1024 * 1024 * 1024);
        return with(settings.rounds(), settings.writers(), sizeBytes, settings.listedBlobs());
    }

    /** Sets how many blobs are created to be listed, 1 to 10,000; more than 1,000 cross a page of an object store. */
    public StoreProbe listedBlobs(int blobs) {
        requireBetween("listedBlobs", blobs, 1, 10_000);
        return with(settings.rounds(), settings.writers(), settings.largestBlobBytes(), blobs);
    }

    /** Sets the longest time for one call, by default 30 seconds. */
    public StoreProbe callTimeout(Duration timeout) {
        return new StoreProbe(new ProbeSettings(
                settings.rounds(),
                settings.writers(),
                settings.largestBlobBytes(),
                settings.listedBlobs(),
                Durations.requirePositive("callTimeout", timeout),
                settings.patience(),
                settings.ambient()));
    }

    /** Sets how long one kind of race goes on at most, by default 2 minutes; then the rounds that were decided have to do. */
    public StoreProbe patience(Duration patience) {
        return new StoreProbe(new ProbeSettings(
                settings.rounds(),
                settings.writers(),
                settings.largestBlobBytes(),
                settings.listedBlobs(),
                settings.callTimeout(),
                Durations.requirePositive("patience", patience),
                settings.ambient()));
    }

    private StoreProbe with(int rounds, int writers, int largestBlobBytes, int listedBlobs) {
        return new StoreProbe(new ProbeSettings(
                rounds,
                writers,
                largestBlobBytes,
                listedBlobs,
                settings.callTimeout(),
                settings.patience(),
                settings.ambient()));
    }

    /**
     * Probes a store through three endpoints of its own, which it closes, and records the verdict in the store.
     *
     * @param endpoints opens the store anew, as another process would
     * @throws dev.recsys.StoreUnavailableException if the store did not answer; nothing was found out or recorded
     * @throws dev.recsys.StoreDeniedException if the store refused to read, write or delete below {@code _recsys/probe}
     */
    public StoreVerdict run(Supplier<? extends BlobStore> endpoints) {
        List<BlobStore> opened = new ArrayList<>();
        try {
            for (int i = 0; i < ENDPOINTS; i++) {
                opened.add(endpoints.get());
            }
            return run(opened);
        } finally {
            opened.forEach(BlobStore::close);
        }
    }

    /** As {@link #run(Supplier)}, through one endpoint, which stays open: races between endpoints are not tried. */
    public StoreVerdict run(BlobStore store) {
        return run(List.of(store));
    }

    /**
     * Makes sure that a store was probed and is sound: takes the verdict that it holds, or probes it now.
     *
     * @param store reads the verdict; stays open
     * @param endpoints as in {@link #run(Supplier)}; only used if there is no verdict
     * @throws dev.recsys.UnsafeStoreException if the store broke a rule, which the message names
     * @throws dev.recsys.StoreUnavailableException if the store did not answer
     * @throws dev.recsys.StoreDeniedException if the store refused to read, write or delete below {@code _recsys/probe}
     */
    public void requireSound(BlobStore store, Supplier<? extends BlobStore> endpoints) {
        if (!isRecordedSound(store)) {
            run(endpoints).requireSound();
            requireNotRecordedBroken(store);
        }
    }

    /** As {@link #requireSound(BlobStore, Supplier)}, through one endpoint. */
    public void requireSound(BlobStore store) {
        if (!isRecordedSound(store)) {
            run(store).requireSound();
            requireNotRecordedBroken(store);
        }
    }

    /** Another probe may have found meanwhile what this one did not. */
    private void requireNotRecordedBroken(BlobStore store) {
        boolean unused = isRecordedSound(store);
    }

    /** Returns whether a sound verdict is recorded; false if none is. */
    private boolean isRecordedSound(BlobStore store) {
        Optional<ProbeRecord> recorded = ProbeRecord.read(store, settings.callTimeout());
        if (recorded.isPresent() && !recorded.get().broken().isEmpty()) {
            throw StoreVerdict.unsafe(store.location(), recorded.get().broken());
        }
        return recorded.isPresent();
    }

    private StoreVerdict run(List<BlobStore> endpoints) {
        BlobVersion recordedBefore = ProbeRecord.version(endpoints.get(0), settings.callTimeout());
        ProbeRun run = new ProbeRun(endpoints, settings);
        try (Racers racers = new Racers(settings.writers())) {
            RegisterChecks registers = new RegisterChecks(run);
            RaceChecks races = new RaceChecks(run, racers);
            registers.beforeTheFirstSwap();
            races.firstSwap();
            registers.run();
            races.run();
            new BlobChecks(run).run(racers);
            notTried(run);
        } finally {
            run.cleanUp();
        }
        BlobStore store = endpoints.get(0);
        StoreVerdict verdict = new StoreVerdict(
                store.location(),
                settings.ambient().clock().instant().truncatedTo(ChronoUnit.MILLIS),
                run.findings(),
                true);
        boolean recorded = ProbeRecord.write(store, verdict, recordedBefore, settings);
        return new StoreVerdict(verdict.location(), verdict.probedAt(), verdict.findings(), recorded);
    }

    private static void notTried(ProbeRun run) {
        run.notTried(StoreRule.ONE_ATTEMPT, "a client does not see how often its request was sent");
        run.notTried(StoreRule.DURABLE, "a client cannot take away the power");
        run.notTried(StoreRule.LIFECYCLE, "a rule for the adapter, which its own tests keep");
    }

    private static void requireBetween(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is " + value + "; expected " + least + " to " + most);
        }
    }
}
