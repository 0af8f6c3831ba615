package dev.recsys.testserver.gcs;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers that never repeat and do not increase: the order of writes is not to be read from them. */
final class Generations {
    private static final long FIRST = 1_700_000_000_000_000L;
    private static final long SPAN = 1L << 40;
    private static final long STRIDE =
            0x9E_3779_B97FL; // odd, so that every number below SPAN comes once before any repeats

    private final AtomicLong count = new AtomicLong();

    long next() {
        return FIRST + (count.incrementAndGet() * STRIDE & (SPAN - 1));
    }
}
