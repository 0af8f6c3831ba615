package dev.recsys.proofs.simulate;

import dev.recsys.proofs.Verdict;
import dev.recsys.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Many schedules, by several workers, up to the first that is not sound. What comes out does not depend on how many workers
 * there are, nor on which of them ran what.
 */
final class Campaign {
    private static final int CHUNK = 50;

    private final long firstSeed;
    private final long schedules;
    private final Consumer<String> traceReader;
    private final TinyBuilds builds;
    private final AtomicLong nextChunk = new AtomicLong();
    private final LongAdder ran = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final ConcurrentSkipListMap<Long, Sha256> chunks = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, Outcome> failures = new ConcurrentSkipListMap<>();

    private Campaign(long firstSeed, long schedules, TinyBuilds builds, Consumer<String> traceReader) {
        this.firstSeed = firstSeed;
        this.schedules = schedules;
        this.builds = builds;
        this.traceReader = traceReader;
    }

    /**
     * What came out.
     *
     * @param ran how many schedules were run
     * @param events how many things happened in them
     * @param acknowledged how many operations said that they took effect
     * @param trace the digest of everything that happened, in the order of the seeds
     * @param failure the first schedule that was not sound
     */
    record Result(long ran, long events, int acknowledged, Sha256 trace, Optional<Outcome> failure) {
        /** Returns the verdict over all. */
        Verdict verdict() {
            return failure.map(Outcome::verdict).orElse(new Verdict(acknowledged, 0, 0, 0, 0, 0, 0, List.of()));
        }
    }

    static Result run(long firstSeed, long schedules, int workers, Consumer<String> traceReader) {
        try (TinyBuilds builds = new TinyBuilds()) {
            Campaign campaign = new Campaign(firstSeed, schedules, builds, traceReader);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                Thread thread = new Thread(campaign::work, "worker-" + i);
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            return campaign.result();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the schedules were run", e);
        }
    }

    /** Chunks are taken in order, so that before the first failure all are run. */
    private void work() {
        try (Hands hands = new Hands()) {
            while (failures.isEmpty()) {
                long chunk = nextChunk.getAndIncrement();
                if (chunk * CHUNK >= schedules) {
                    return;
                }
                runChunk(chunk, hands);
            }
        }
    }

    private void runChunk(long chunk, Hands hands) {
        MessageDigest digest = Sha256.newDigest();
        long end = Math.min(schedules, (chunk + 1) * CHUNK);
        for (long i = chunk * CHUNK; i < end; i++) {
            Outcome outcome = Simulation.run(firstSeed + i, hands, builds, traceReader);
            digest.update(outcome.trace().hex().getBytes(StandardCharsets.US_ASCII));
            ran.increment();
            events.add(outcome.events());
            acknowledged.add(outcome.verdict().acknowledged());
            if (!outcome.isSound()) {
                failures.put(outcome.seed(), outcome);
            }
        }
        chunks.put(chunk, Sha256.of(digest));
    }

    private Result result() {
        MessageDigest all = Sha256.newDigest();
        chunks.values().forEach(chunk -> all.update(chunk.hex().getBytes(StandardCharsets.US_ASCII)));
        Optional<Outcome> first = failures.values().stream().min(Comparator.comparingLong(Outcome::seed));
        return new Result(ran.sum(), events.sum(), acknowledged.intValue(), Sha256.of(all), first);
    }
}
