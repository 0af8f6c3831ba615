package dev.recsys.publish.probe;

import static dev.recsys.publish.probe.RuleBroken.unless;

import dev.recsys.StoreUnavailableException;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The rules that only several writers at once can break. */
final class RaceChecks {
    private static final int MOST_READS = 10_000;
    private static final int SECOND_RACES = 100_000; // no body is written twice
    private static final long COUNTER_START = 2_000_000;

    private final ProbeRun run;
    private final Racers racers;

    RaceChecks(ProbeRun run, Racers racers) {
        this.run = run;
        this.racers = racers;
    }

    /** Lets several write the run's register for the first time. */
    void firstSwap() {
        run.check(StoreRule.ONE_WINNER, () -> {
            BlobKey register = run.keys().register();
            long deadline = run.newDeadline();
            for (int tries = 1; !isDecided(register, BlobVersion.ABSENT, tries) && isAbsent(register); tries++) {
                requireTime(deadline);
                run.pause(tries);
            }
            return "the first swap of a register";
        });
    }

    private boolean isAbsent(BlobKey register) {
        return run.read(run.endpoint(0), register, BlobVersion.ABSENT) instanceof ReadResult.Absent;
    }

    /** Races between swaps. */
    void run() {
        run.check(StoreRule.ONE_WINNER, this::oneWinner);
        Queue<String> torn = new ConcurrentLinkedQueue<>();
        run.check(StoreRule.NO_LOST_SWAP, () -> noLostSwap(torn));
        run.check(StoreRule.WHOLE_READS, () -> {
            unless(torn.isEmpty(), String.join("; ", torn));
            return "reads beside the swaps that increment the counter";
        });
    }

    /** Stores that keep the one race may lose the other: where there is nothing they often have a path of its own. */
    private String oneWinner() throws RuleBroken {
        long deadline = run.newDeadline();
        int decided = 0;
        int failures = 0;
        for (int round = 1; decided < run.settings().rounds(); round++) {
            boolean isDecided = areBothDecided(run.keys().roundRegister(round), round);
            decided += isDecided ? 1 : 0;
            failures = isDecided ? 0 : failures + 1;
            if (decided > 0 && run.isOver(deadline)) {
                break;
            }
            if (failures > 0) {
                requireTime(deadline);
                run.pause(failures);
            }
        }
        return decided + " rounds of " + racers.count() + " writers through " + run.endpointsInWords()
                + ", each a race to write a new register and one to replace what it holds";
    }

    private void requireTime(long deadline) {
        if (run.isOver(deadline)) {
            throw new StoreUnavailableException(
                    "The probe of " + run.endpoint(0).location()
                            + " came to no end: no swap of a race was answered for certain. Probe again when the store answers.");
        }
    }

    private boolean areBothDecided(BlobKey register, int round) throws RuleBroken {
        return isDecided(register, BlobVersion.ABSENT, round)
                && isDecided(register, run.register(run.endpoint(0), register).version(), SECOND_RACES + round);
    }

    /** Races once; returns whether somebody was told that it won. */
    private boolean isDecided(BlobKey register, BlobVersion expected, int round) throws RuleBroken {
        List<SwapResult> results = racers.race(racer -> run.endpoint(racer)
                .compareAndSet(register, expected, new ProbeBody(round, racer).bytes(), run.timeout()));
        results.forEach(run::requireNotDenied);
        List<Integer> winners = IntStream.range(0, results.size())
                .filter(i -> results.get(i) instanceof SwapResult.Applied)
                .boxed()
                .toList();
        unless(
                winners.size() <= 1,
                winners.size() + " of " + results.size() + " swaps from one version were applied"
                        + (expected.equals(BlobVersion.ABSENT) ? ", where there was nothing before" : ""));
        if (winners.size() == 1) {
            requireWinner(register, winners.get(0), results, round);
        } else {
            requireNobodyWon(register, expected, results, round);
        }
        return winners.size() == 1;
    }

    private void requireWinner(BlobKey register, int winner, List<SwapResult> results, int round) throws RuleBroken {
        Blob found = run.register(run.endpoint(winner + 1), register);
        unless(
                ProbeBody.of(found.bytes()).equals(Optional.of(new ProbeBody(round, winner))),
                "the register holds another body than that of the one swap that was applied");
        unless(
                results.get(winner).equals(new SwapResult.Applied(found.version())),
                "the swap that was applied answered another version than the one that is read");
    }

    /**
     * Who got no certain answer may have won; who was told that it did not may not. What a race before left on the wire
     * may have come in between.
     */
    private void requireNobodyWon(BlobKey register, BlobVersion expected, List<SwapResult> results, int round)
            throws RuleBroken {
        ReadResult read = run.read(run.endpoint(0), register, BlobVersion.ABSENT);
        Optional<Blob> found = read instanceof ReadResult.Found there ? Optional.of(there.blob()) : Optional.empty();
        Optional<ProbeBody> body = found.flatMap(blob -> ProbeBody.of(blob.bytes()));
        if (body.filter(mine -> mine.number() == round).isPresent()) {
            SwapResult told = results.get((int) body.get().writer());
            unless(
                    told instanceof SwapResult.Unknown,
                    "the register holds the body of a swap that was told " + RegisterChecks.name(told));
            return;
        }
        boolean isStillExpected =
                found.map(Blob::version).orElse(BlobVersion.ABSENT).equals(expected);
        unless(
                !isStillExpected || results.stream().anyMatch(result -> !(result instanceof SwapResult.Mismatch)),
                "none of " + results.size() + " swaps from the current version was applied");
    }

    private String noLostSwap(Queue<String> torn) throws RuleBroken {
        long deadline = run.newDeadline();
        BlobStore reader = run.endpoint(0);
        SwapResult started = run.swap(reader, run.register(reader).version(), new ProbeBody(COUNTER_START, 0));
        unless(
                started instanceof SwapResult.Applied,
                "a swap from the current version was " + RegisterChecks.name(started));
        List<Tally> tallies = incrementAll(reader, torn, deadline);
        long applied = tallies.stream().mapToLong(Tally::applied).sum();
        long unknown = tallies.stream().mapToLong(Tally::unknown).sum();
        if (applied == 0) {
            unless(torn.isEmpty(), "the counter could not be read: " + String.join("; ", torn));
            requireTime(deadline);
        }
        long counted = numberIn(run.register(reader)) - COUNTER_START;
        unless(
                counted >= applied && counted <= applied + unknown,
                "the counter stands at " + counted + " after " + applied + " applied swaps"
                        + (unknown == 0 ? "" : " and " + unknown + " without a certain answer"));
        return applied + " increments by " + (racers.count() - 1) + " writers";
    }

    /** What one writer was told. */
    private record Tally(long applied, long unknown) {}

    /** Lets all but one increment, and that one read what they do. */
    private List<Tally> incrementAll(BlobStore reader, Queue<String> torn, long deadline) throws RuleBroken {
        int increments = Math.max(2, run.settings().rounds() / 4);
        AtomicInteger running = new AtomicInteger(racers.count() - 1);
        return racers.race(racer -> {
            if (racer == 0) {
                watch(reader, running, torn);
                return new Tally(0, 0);
            }
            try {
                return increment(racer, increments, deadline, torn);
            } finally {
                running.decrementAndGet();
            }
        });
    }

    private Tally increment(int racer, int increments, long deadline, Queue<String> torn) {
        BlobStore endpoint = run.endpoint(racer);
        long applied = 0;
        long unknown = 0;
        int failures = 0;
        while (applied < increments && torn.isEmpty() && !run.isOver(deadline)) {
            Optional<Blob> current = readBeside(endpoint, torn);
            if (current.isEmpty()) {
                break;
            }
            byte[] next = new ProbeBody(numberIn(current.get()) + 1, racer).bytes();
            SwapResult result = run.requireNotDenied(
                    endpoint.compareAndSet(run.keys().register(), current.get().version(), next, run.timeout()));
            applied += result instanceof SwapResult.Applied ? 1 : 0;
            unknown += result instanceof SwapResult.Unknown ? 1 : 0;
            failures = result instanceof SwapResult.Applied ? 0 : failures + 1;
            if (failures > 0) {
                run.pause(failures);
            }
        }
        return new Tally(applied, unknown);
    }

    private void watch(BlobStore reader, AtomicInteger running, Queue<String> torn) {
        long newest = 0;
        for (int reads = 0; running.get() > 0 && reads < MOST_READS && torn.isEmpty(); reads++) {
            long number = readBeside(reader, torn).map(RaceChecks::numberIn).orElse(newest);
            if (number < newest) {
                torn.add("a read found the counter at " + number + " after one that had found " + newest);
            }
            newest = number;
        }
    }

    /** Returns what a read beside swaps found; empty, with a note of it, if that is no whole body. */
    private Optional<Blob> readBeside(BlobStore endpoint, Queue<String> torn) {
        ReadResult read = run.read(endpoint, run.keys().register(), BlobVersion.ABSENT);
        if (read instanceof ReadResult.Found found
                && ProbeBody.of(found.blob().bytes()).isPresent()) {
            return Optional.of(found.blob());
        }
        torn.add("a read beside swaps found "
                + (read instanceof ReadResult.Found ? "a mixture of bodies" : BlobChecks.name(read)));
        return Optional.empty();
    }

    private static long numberIn(Blob counter) {
        return ProbeBody.of(counter.bytes()).map(ProbeBody::number).orElse(0L);
    }
}
