package dev.recsys.testserver.gcs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How often one object may change; the service allows about one write a second and refuses what is faster. */
interface WriteLimit {
    /** Takes note of a write that is about to happen, or refuses it. */
    void requireRoom(String object) throws Refusal;

    /** Returns a limit that refuses nothing. */
    static WriteLimit none() {
        return object -> {};
    }

    /** Returns a limit of one write a second. */
    static WriteLimit oneASecond(LongSupplier nanoTime) {
        Map<String, Long> lastNanos = new ConcurrentHashMap<>();
        return object -> {
            long now = nanoTime.getAsLong();
            Long last = lastNanos.get(object);
            if (last != null && now - last < TimeUnit.SECONDS.toNanos(1)) {
                throw Refusal.tooFast(object);
            }
            lastNanos.put(object, now);
        };
    }
}
