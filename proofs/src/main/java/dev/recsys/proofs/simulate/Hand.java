package dev.recsys.proofs.simulate;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that works only while it has the baton. Everything else it touches is guarded by the baton. */
final class Hand {
    private final Thread thread;
    private volatile boolean baton;
    private @Nullable Runnable work;
    private boolean dismissed;

    private Hand(Thread thread) {
        this.thread = thread;
    }

    /** Returns a hand for the calling thread, which has the baton now. */
    static Hand ofThisThread() {
        return new Hand(Thread.currentThread());
    }

    /** Returns a thread of its own, which waits for work. */
    static Hand start(String name) {
        Hand[] hand = new Hand[1];
        Thread thread = new Thread(() -> hand[0].workUntilDismissed(), name);
        thread.setDaemon(true);
        hand[0] = new Hand(thread);
        thread.start();
        return hand[0];
    }

    /** Gives the baton away, with something to do for a hand that rests. */
    void give(@Nullable Runnable newWork) {
        work = newWork == null ? work : newWork;
        baton = true;
        LockSupport.unpark(thread);
    }

    void dismiss() {
        dismissed = true;
        give(null);
    }

    void awaitBaton() {
        while (!baton) {
            LockSupport.park(this);
        }
        baton = false;
    }

    private void workUntilDismissed() {
        awaitBaton();
        while (!dismissed) {
            Runnable todo = work;
            work = null;
            if (todo != null) {
                todo.run();
            }
            awaitBaton();
        }
    }
}
