package dev.recsys.internal;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What core takes from its surroundings: time, randomness and sleep; tests and simulations bring their own.
 *
 * @param clock wall-clock time, for people only; no decision about safety reads it
 * @param nanoTime monotonic time
 * @param txs fresh identities of pointer bodies
 * @param random uniform in [0, 1), for jitter
 * @param sleeper how to wait
 */
public record Ambient(
        InstantSource clock, LongSupplier nanoTime, Supplier<String> txs, DoubleSupplier random, Sleeper sleeper) {

    /** Waits. */
    @FunctionalInterface
    public interface Sleeper {
        /** Returns after about the given time, or throws when the thread is interrupted. */
        void sleep(Duration time) throws InterruptedException;
    }

    /** Returns the real ones. */
    public static Ambient system() {
        SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
        return new Ambient(
                InstantSource.system(),
                System::nanoTime,
                () -> UUID.randomUUID().toString(),
                () -> {
                    synchronized (random) {
                        return random.nextDouble();
                    }
                },
                time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    /** Returns these with another clock. */
    public Ambient withClock(InstantSource other) {
        return new Ambient(other, nanoTime, txs, random, sleeper);
    }

    /**
     * Returns how long to wait after so many failures in a row: doubled each time up to a maximum, then between half of
     * it and all of it by chance, so that those who failed together do not come back together.
     */
    public Duration backOff(int failures, Duration first, Duration most) {
        long doubled = first.toNanos() << Math.min(20, Math.max(0, failures - 1));
        long bounded = Math.min(most.toNanos(), doubled);
        return Duration.ofNanos((long) (bounded * (0.5 + 0.5 * random.getAsDouble())));
    }
}
