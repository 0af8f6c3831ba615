package dev.recsys.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is in memory of a user in one scope: the newest time of each item and type, of the newest of these.
 *
 * @param newestFirst in the order of {@link Interaction#NEWEST_FIRST}
 * @param wasRead whether the database has been asked
 * @param readAtNanos when it was, last
 */
record UserItems(List<Interaction> newestFirst, boolean wasRead, long readAtNanos) {
    static final UserItems NOTHING = new UserItems(List.of(), false, 0);

    /** Returns these with one more; the oldest go beyond {@code most}. */
    UserItems with(Interaction added, int most) {
        return new UserItems(merged(newestFirst, added, most), wasRead, readAtNanos);
    }

    /**
     * Returns what the database says now, with what it cannot say yet.
     *
     * @param rows in the order of {@link Interaction#NEWEST_FIRST}, each item and type once
     * @param settled the number up to which nothing waits in the queue any more; what waited before was read, or is gone
     */
    UserItems readAgain(List<Interaction> rows, long settled, int most, long nowNanos) {
        List<Interaction> now = List.copyOf(rows.subList(0, Math.min(most, rows.size())));
        for (Interaction known : newestFirst) {
            now = known.number() > settled ? merged(now, known, most) : now;
        }
        return new UserItems(now, true, nowNanos);
    }

    private static List<Interaction> merged(List<Interaction> before, Interaction added, int most) {
        List<Interaction> after = new ArrayList<>(before.size() + 1);
        for (Interaction known : before) {
            if (!known.isSameThingAs(added)) {
                after.add(known);
            } else if (!added.at().isAfter(known.at())) {
                return before;
            }
        }
        after.add(added);
        after.sort(Interaction.NEWEST_FIRST);
        return List.copyOf(after.subList(0, Math.min(most, after.size())));
    }

    /** Returns items, newest first, each once. */
    List<String> recent(int limit) {
        return distinct(limit, Instant.MIN, type -> true);
    }

    /** Returns the items of a time on that were dealt with in one of some ways, newest first, each once. */
    List<String> since(Instant since, Predicate<String> type) {
        return distinct(Integer.MAX_VALUE, since, type);
    }

    private List<String> distinct(int limit, Instant since, Predicate<String> type) {
        Set<String> items = new LinkedHashSet<>();
        for (Interaction known : newestFirst) {
            if (items.size() == limit || known.at().isBefore(since)) {
                break;
            }
            if (type.test(known.type())) {
                items.add(known.item());
            }
        }
        return List.copyOf(items);
    }
}
