package dev.recsys.serve;

import dev.recsys.internal.Ambient;
import dev.recsys.testkit.FakeClock;
import java.util.concurrent.TimeUnit;

/** Lets a recommender live by a clock that moves only when the test says so. */
public final class ReadersInTime {
    private ReadersInTime() {}

    public static EmbeddedRecommender.Builder of(EmbeddedRecommender.Builder settings, FakeClock clock) {
        Ambient real = Ambient.system();
        return settings.ambient(new Ambient(
                clock, clock::nanoTime, real.txs(), () -> 0.5, time -> TimeUnit.NANOSECONDS.sleep(time.toNanos())));
    }
}
