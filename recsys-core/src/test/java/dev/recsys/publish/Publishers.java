package dev.recsys.publish;

import dev.recsys.internal.Ambient;
import dev.recsys.store.BlobStore;
import dev.recsys.testkit.FakeClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishers whose time is a fake clock's and whose waiting takes none. */
public final class Publishers {
    private final FakeClock clock;
    private final AtomicInteger txs = new AtomicInteger();

    public Publishers(FakeClock clock) {
        this.clock = clock;
    }

    public Ambient ambient() {
        return new Ambient(clock, clock::nanoTime, () -> "tx-" + txs.incrementAndGet(), () -> 0.5, clock::advance);
    }

    public ManifestPublisher over(BlobStore store, String by) {
        return builder(store, by).build();
    }

    public ManifestPublisher.Builder builder(BlobStore store, String by) {
        return ManifestPublisher.builder(store, by).ambient(ambient()).patience(Duration.ofSeconds(5));
    }
}
