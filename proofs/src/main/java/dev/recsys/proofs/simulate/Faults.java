package dev.recsys.proofs.simulate;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What goes wrong between a process and its store. Every schedule draws its own rates, some of them zero, so that
 * schedules differ in kind and not only in detail (swarm testing; Groce, Zhang, Eide, Chen and Regehr, ISSTA 2012).
 */
final class Faults {
    /** No message is under way for longer. */
    static final Duration LATEST = Duration.ofMinutes(4);

    private static final long QUICK_NANOS = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_CUT_OFF_NANOS = Duration.ofSeconds(90).toNanos();
    private static final long SLOW_NANOS = Duration.ofSeconds(4).toNanos();

    private final SplittableRandom random;
    private final double crash;
    private final double notSent;
    private final double requestLost;
    private final double replyLost;
    private final double duplicate;
    private final double late;
    private final double slow;
    private final double cutOff;
    private boolean healed;

    Faults(SplittableRandom random) {
        this.random = random;
        this.crash = rate(0, 0.01, 0.03, 0.1);
        this.notSent = rate(0, 0.02, 0.1, 0.3);
        this.requestLost = rate(0, 0.02, 0.1, 0.2);
        this.replyLost = rate(0, 0.02, 0.1, 0.4);
        this.duplicate = rate(0, 0.05, 0.2, 0.5);
        this.late = rate(0, 0.02, 0.1, 0.3);
        this.slow = rate(0, 0.05, 0.2, 0.5);
        this.cutOff = rate(0, 0.1, 0.5);
    }

    /** From now on nothing goes wrong; what is under way still arrives whenever it does. */
    void heal() {
        healed = true;
    }

    boolean isHealed() {
        return healed;
    }

    /** What is called, as far as it matters here. */
    enum Call {
        SWAP,
        DELETE,
        OTHER
    }

    /**
     * One copy of a request.
     *
     * @param afterNanos when it takes effect
     * @param replyAfterNanos when the caller has the answer, from then; negative if it never gets this one
     */
    record Delivery(long afterNanos, long replyAfterNanos) {}

    /**
     * What becomes of a call.
     *
     * @param crashes whether the caller's process dies while it waits
     * @param deliveries the copies of the request that arrive; none if it was lost
     * @param left whether the request left at all
     * @param failsAfterNanos when the caller gives up, if no answer comes
     * @param cutOffNanos how long nothing else leaves from then on
     */
    record Plan(boolean crashes, List<Delivery> deliveries, boolean left, long failsAfterNanos, long cutOffNanos) {
        boolean isAnswered() {
            return deliveries.stream().anyMatch(delivery -> delivery.replyAfterNanos >= 0);
        }
    }

    /**
     * Draws what becomes of a call. Swaps and deletions are what matters: faults come there at their full rate. A swap that
     * is not answered may be the last that is heard of its process for a while.
     */
    Plan plan(Call call, boolean mortal, boolean isCutOff, Duration timeout) {
        if (healed) {
            return new Plan(false, List.of(new Delivery(0, 0)), true, 0, 0);
        }
        double share = call == Call.OTHER ? 0.3 : 1;
        boolean crashes = mortal && chance(crash * share);
        if (isCutOff || chance(notSent * share)) {
            return new Plan(crashes, List.of(), false, delay(), 0);
        }
        long timeoutNanos = timeout.toNanos();
        long failsAfter = chance(0.5) ? Math.min(delay(), timeoutNanos) : timeoutNanos;
        List<Delivery> deliveries = chance(requestLost * share) ? List.of() : deliveries(share, timeoutNanos);
        boolean answered = deliveries.stream().anyMatch(delivery -> delivery.replyAfterNanos >= 0);
        boolean cutsOff = call == Call.SWAP && !answered && chance(cutOff);
        return new Plan(crashes, deliveries, true, failsAfter, cutsOff ? random.nextLong(LONGEST_CUT_OFF_NANOS) : 0);
    }

    /** One request, or two of which one is answered. */
    private List<Delivery> deliveries(double share, long timeoutNanos) {
        Delivery first = delivery(share, timeoutNanos);
        if (!chance(duplicate * share)) {
            return List.of(first);
        }
        Delivery second = delivery(share, timeoutNanos);
        boolean secondAnswers = second.replyAfterNanos >= 0 && chance(0.5);
        return secondAnswers
                ? List.of(new Delivery(first.afterNanos, -1), second)
                : List.of(first, new Delivery(second.afterNanos, -1));
    }

    private Delivery delivery(double share, long timeoutNanos) {
        long after = chance(late * share) ? random.nextLong(LATEST.toNanos()) : delay();
        long replyAfter = delay();
        boolean answered = !chance(replyLost * share) && after + replyAfter < timeoutNanos;
        return new Delivery(after, answered ? replyAfter : -1);
    }

    private long delay() {
        if (chance(slow)) {
            return random.nextLong(SLOW_NANOS);
        }
        return random.nextBoolean() ? 0 : random.nextLong(QUICK_NANOS);
    }

    private double rate(double... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }
}
