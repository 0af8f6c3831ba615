package dev.recsys.postgres;

import dev.recsys.RecsysException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Finds out what became of a commit that nobody answered: what it wrote is there, or the server says that the transaction
 * was undone. Asks again while it is still under way, or the server is away.
 *
 * @param patience how long to ask
 * @param nanoTime the time
 * @param pause waits between two questions
 */
record Settling(Duration patience, LongSupplier nanoTime, Runnable pause) {
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Returns one that asks for so long, in real time. */
    static Settling within(Duration patience) {
        return new Settling(patience, System::nanoTime, () -> LockSupport.parkNanos(PAUSE.toNanos()));
    }

    /**
     * Returns whether it was committed; empty if that cannot be found out.
     *
     * @param isThere whether what the transaction wrote is there
     * @param status what the server says of the transaction, see {@code pg_xact_status}
     */
    Optional<Boolean> find(BooleanSupplier isThere, Supplier<String> status) {
        long startNanos = nanoTime.getAsLong();
        while (nanoTime.getAsLong() - startNanos < patience.toNanos()
                && !Thread.currentThread().isInterrupted()) {
            try {
                String said = status.get(); // first: what is committed between the two is then seen
                if (isThere.getAsBoolean()) {
                    return Optional.of(true);
                }
                if (said.equals("aborted")) {
                    return Optional.of(false);
                }
                if (!said.equals("in progress")) {
                    return Optional.empty(); // not the server that was written to, or so long ago that it has forgotten
                }
            } catch (RecsysException e) {
                // away, or no longer the server that knew this transaction: ask for as long as there is patience
            }
            pause.run();
        }
        return Optional.empty();
    }
}
