package dev.recsys.internal.rank;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Lends working memory to requests, without a lock. Keeps at most two a processor; when all are lent, a request gets one
 * of its own, which is dropped afterwards. One pool for all surfaces: what is kept grows with the processors and the largest
 * release, not with the number of tenants. A pool rather than thread-locals, because virtual threads are many.
 */
final class ScratchPool {
    private final AtomicReferenceArray<Scratch> slots =
            new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());

    /** Returns clean memory. */
    Scratch borrow() {
        int first = firstSlot();
        for (int i = 0; i < slots.length(); i++) {
            Scratch scratch = slots.getAndSet((first + i) % slots.length(), null);
            if (scratch != null) {
                return scratch;
            }
        }
        return new Scratch();
    }

    void giveBack(Scratch scratch) {
        scratch.clear();
        int first = firstSlot();
        for (int i = 0; i < slots.length(); i++) {
            if (slots.compareAndSet((first + i) % slots.length(), null, scratch)) {
                return;
            }
        }
    }

    @SuppressWarnings("deprecation") // Thread.threadId() came with 19
    private int firstSlot() {
        return (int) (Thread.currentThread().getId() % slots.length());
    }
}
