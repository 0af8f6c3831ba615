package dev.recsys.pipelines.events;

import dev.recsys.internal.IdPool;
import java.util.Arrays;
import java.util.List;

/** Events from columns that were not read by this library: their numbers are checked before they are used. */
final class GivenColumns {
    private GivenColumns() {}

    static Events events(int[] items, int[] sessions, long[] millis, List<String> itemIds) {
        if (items.length != sessions.length || items.length != millis.length) {
            throw new IllegalArgumentException("there are " + items.length + " items, " + sessions.length
                    + " sessions and " + millis.length + " times; expected one of each for every event");
        }
        IdPool ids = new IdPool(itemIds.size());
        for (String id : itemIds) {
            int known = ids.size();
            if (id.isEmpty() || ids.add(id) != known) {
                throw new IllegalArgumentException("item id '" + id + "' is empty or occurs twice; expected each once");
            }
        }
        requireRange("item", items, 0, ids.size() - 1);
        requireRange("session", sessions, Columns.NONE, Columns.MAX_EVENTS);
        int sessionNumbers = 1 + Arrays.stream(sessions).max().orElse(Columns.NONE);
        Columns columns = Columns.over(items, sessions, millis);
        int distinct = Renumbering.distinct(sessions, sessions.length, sessionNumbers);
        return Events.canonical(
                columns, ids, new IdPool(0), new IdPool(0), new Events.Groups(0, 0, sessionNumbers, distinct));
    }

    private static void requireRange(String name, int[] column, int min, int max) {
        for (int event = 0; event < column.length; event++) {
            if (column[event] < min || column[event] > max) {
                throw new IllegalArgumentException("event " + event + " has the " + name + " number " + column[event]
                        + "; expected " + min + " to " + max);
            }
        }
    }
}
