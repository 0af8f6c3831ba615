package dev.recsys.benchmarks;

import dev.recsys.publish.Build;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Puts new releases of a surface into a store, two builds in turn: by shipping them here and now, or as they appear where another
 * machine ships them. For the latter they are shipped ahead and the pointer is put back, so that later all that happens here is that
 * the pointer changes. Nobody may read the surface meanwhile. One thread uses it.
 */
final class ReleaseFeed {
    private static final BlobKey POINTER =
            BlobKey.of(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface(), BlobKey.REGISTER);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final BlobStore store;
    private final ManifestPublisher publisher;
    private final List<Build> builds;
    private final Deque<byte[]> ahead = new ArrayDeque<>(); // pointers to come
    private int shipped;

    ReleaseFeed(BlobStore store, List<Build> builds) {
        this.store = store;
        this.publisher = ManifestPublisher.open(store, "benchmark");
        this.builds = builds;
        ship();
    }

    /** Ships the next release. */
    void ship() {
        Build next = builds.get(shipped++ % builds.size());
        publisher.ship(ShipRequest.of(SyntheticShop.SCOPE, next, "a benchmark").createSurface());
    }

    /** Ships so many releases that nobody sees yet. */
    void shipAhead(int count) {
        byte[] now = pointer().bytes();
        for (int i = 0; i < count; i++) {
            ship();
            ahead.add(pointer().bytes());
        }
        put(now);
    }

    /** Lets the next release that was shipped ahead be seen; returns whether there was one. */
    boolean show() {
        byte[] next = ahead.poll();
        if (next != null) {
            put(next);
        }
        return next != null;
    }

    private Blob pointer() {
        ReadResult found = store.read(POINTER, BlobVersion.ABSENT, 1 << 16, TIMEOUT);
        return ((ReadResult.Found) found).blob();
    }

    private void put(byte[] pointer) {
        SwapResult result = store.compareAndSet(POINTER, pointer().version(), pointer, TIMEOUT);
        if (!(result instanceof SwapResult.Applied)) {
            throw new IllegalStateException("the pointer could not be put: " + result);
        }
    }
}
