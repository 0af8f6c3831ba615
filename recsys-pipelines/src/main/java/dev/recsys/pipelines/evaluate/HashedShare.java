package dev.recsys.pipelines.evaluate;

import dev.recsys.pipelines.events.Events;

/**
 * A fifth of each user's items, chosen by a hash of the item's id and of all the user's items: the same whatever order the
 * events were read in, and another one for each user.
 */
final class HashedShare {
    private static final int ONE_OF = 5;

    private final Events events;
    private final long[] itemHashes; // [item]
    private final long[] userHashes; // [user]

    HashedShare(Events events) {
        this.events = events;
        this.itemHashes = new long[events.itemCount()];
        for (int item = 0; item < itemHashes.length; item++) {
            itemHashes[item] = mixed(events.itemId(item).hashCode());
        }
        this.userHashes = new long[events.userNumbers()];
        for (int event = 0; event < events.size(); event++) {
            if (events.userOf(event) >= 0) {
                userHashes[events.userOf(event)] += itemHashes[events.itemOf(event)];
            }
        }
    }

    /** Returns whether an event is of the share; one without a user never is. */
    boolean has(int event) {
        int user = events.userOf(event);
        return user >= 0
                && Long.remainderUnsigned(mixed(userHashes[user] ^ itemHashes[events.itemOf(event)]), ONE_OF) == 0;
    }

    /** Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014, figure 17. */
    private static long mixed(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
