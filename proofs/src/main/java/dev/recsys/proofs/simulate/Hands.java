package dev.recsys.proofs.simulate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Threads that schedules use one after the other. For one worker; guarded by the baton. */
final class Hands implements AutoCloseable {
    private final List<Hand> all = new ArrayList<>();
    private final Deque<Hand> resting = new ArrayDeque<>();

    Hand take() {
        Hand hand = resting.poll();
        if (hand == null) {
            hand = Hand.start("simulated-" + all.size());
            all.add(hand);
        }
        return hand;
    }

    /** A hand that is about to give its baton away will have nothing to do. */
    void rest(Hand hand) {
        resting.push(hand);
    }

    @Override
    public void close() {
        all.forEach(Hand::dismiss);
    }
}
