package dev.recsys.serve;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Lends working memory to requests, without a lock. Keeps at most two a processor; when all are lent, a request gets one
 * of its own, which is dropped afterwards. A pool rather than thread-locals, because virtual threads are many.
 */
final class ScratchPool {
    private final int items;
    private final AtomicReferenceArray<Scratch> slots =
            new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());

    ScratchPool(int items) {
        this.items = items;
    }

    Scratch borrow() {
        int first = firstSlot();
        for (int i = 0; i < slots.length(); i++) {
            Scratch scratch = slots.getAndSet((first + i) % slots.length(), null);
            if (scratch != null) {
                return scratch;
            }
        }
        return new Scratch(items);
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
