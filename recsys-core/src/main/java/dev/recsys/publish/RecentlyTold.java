package dev.recsys.publish;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/** Which operations listeners were told of after a resume, the last thousand: a handle may be resumed again. */
final class RecentlyTold {
    private static final int MOST = 1_000;

    private final Set<String> txs = new HashSet<>();
    private final Queue<String> oldestFirst = new ArrayDeque<>();

    /** Returns whether nobody asked about this one before. */
    synchronized boolean isNew(String tx) {
        if (!txs.add(tx)) {
            return false;
        }
        oldestFirst.add(tx);
        if (oldestFirst.size() > MOST) {
            txs.remove(oldestFirst.remove());
        }
        return true;
    }
}
