package dev.recsys.proofs.kill;

import dev.recsys.StoreUnavailableException;
import dev.recsys.proofs.ForwardingBlobStore;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.SwapResult;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The network between a publisher and its store, for swaps: replies get lost, requests get lost, and requests are late: they
 * land after a while, when the operation may have told its caller something, or never if the process was killed. Swaps and
 * the deletes of a collector may also just be slow.
 */
final class Weather extends ForwardingBlobStore {
    private static final int SHORT_MILLIS = 40; // about as long as a publisher waits before it sends again
    private static final int LONG_MILLIS = 450; // longer than its patience
    private static final int SLOW_SWAP_MILLIS = 150; // long enough for somebody else to be faster
    private static final int SLOW_DELETE_MILLIS = 1_000; // long enough for who lost to the collector to start again

    private final Random random;
    private final ScheduledExecutorService late = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "late-requests");
        thread.setDaemon(true);
        return thread;
    });
    private int faultsInHundred;
    private boolean blackout;
    private boolean slowSwap;
    private boolean slowDelete;
    private boolean disturbed;

    Weather(BlobStore store, Random random) {
        super(store);
        this.random = random;
    }

    /** Sets how it is for the next operation: mostly fair, sometimes foul or without any reply, sometimes slow. */
    void change(boolean mayBeFoul) {
        int dice = random.nextInt(8);
        blackout = mayBeFoul && dice == 0;
        faultsInHundred = blackout ? 100 : mayBeFoul && dice == 1 ? 80 : 8;
        slowSwap = random.nextInt(4) == 0;
        slowDelete = random.nextInt(3) == 0;
        disturbed = false;
    }

    /** Returns whether anything went wrong since the last change. */
    boolean disturbed() {
        return disturbed;
    }

    @Override
    public void delete(BlobKey key, Duration timeout) {
        if (slowDelete) { // the first one alone
            slowDelete = false;
            pause(random.nextInt(SLOW_DELETE_MILLIS));
        }
        super.delete(key, timeout);
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
        if (slowSwap) { // the first one alone
            slowSwap = false;
            pause(random.nextInt(SLOW_SWAP_MILLIS));
        }
        if (random.nextInt(100) >= faultsInHundred) {
            return super.compareAndSet(register, expected, body, timeout);
        }
        disturbed = true;
        int kind = blackout ? 2 + random.nextInt(2) : random.nextInt(4);
        if (kind == 0) {
            super.compareAndSet(register, expected, body, timeout);
        } else if (kind < 3) {
            boolean soon = faultsInHundred < 50 && kind == 1;
            int delayMillis = soon ? random.nextInt(SHORT_MILLIS) : 50 + random.nextInt(LONG_MILLIS);
            Future<?> unused = late.schedule(
                    () -> super.compareAndSet(register, expected, body, timeout), delayMillis, TimeUnit.MILLISECONDS);
        }
        return new SwapResult.Unknown(
                new StoreUnavailableException("the network lost something", new IllegalStateException("as asked")));
    }
}
