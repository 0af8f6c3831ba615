package dev.recsys.proofs.simulate;

import dev.recsys.internal.Ambient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What everything in one schedule shares: one source of chance, one clock, one list of what went wrong. */
final class World {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int MAX_BROKEN = 20;

    private final SplittableRandom random;
    private final Scheduler scheduler;
    private final Trace trace;
    private final List<String> broken = new ArrayList<>();
    private int txs;
    private int operations;

    World(long seed, Hands hands, Consumer<String> traceReader) {
        this.random = new SplittableRandom(seed);
        this.trace = new Trace(traceReader);
        this.scheduler = new Scheduler(random, hands, e -> broken(describe(e)));
    }

    Scheduler scheduler() {
        return scheduler;
    }

    SplittableRandom random() {
        return random;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    Trace trace() {
        return trace;
    }

    void trace(String what) {
        trace.line(scheduler.nowNanos(), scheduler.running(), what);
    }

    /** Something happened that must not, and that the judge has no column for. */
    void broken(String what) {
        trace("BROKEN " + what);
        if (broken.size() < MAX_BROKEN) {
            broken.add(what);
        }
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    Instant now() {
        return START.plusNanos(scheduler.nowNanos());
    }

    /** Returns a name that no other operation of this schedule has. */
    String newOperation() {
        operations++;
        return "op-" + operations;
    }

    Ambient ambient() {
        return new Ambient(
                this::now,
                scheduler::nowNanos,
                this::newTx,
                random::nextDouble,
                time -> scheduler.sleep(time.toNanos()));
    }

    private String newTx() {
        txs++;
        return "tx-" + txs;
    }

    private static String describe(Throwable e) {
        StackTraceElement[] stack = e.getStackTrace();
        return e + (stack.length == 0 ? "" : " at " + stack[0]);
    }
}
