package dev.recsys.pipelines.evaluate;

import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.events.Events;
import java.util.Arrays;
import java.util.List;

/** What the metrics of lists know of the items: how many took each, and its labels if there are any. */
final class Takers {
    private final int[] perItem; // [item] how many users had it; sessions where no event names a user
    private final int users; // or sessions, at least 1
    private final int[][] labels; // [item] ascending; empty if nothing is known of the items

    Takers(int[] perItem, int users, int[][] labels) {
        this.perItem = perItem;
        this.users = users;
        this.labels = labels;
    }

    int[] perItem() {
        return perItem;
    }

    int users() {
        return users;
    }

    int[][] labels() {
        return labels;
    }

    static Takers of(Events train, KnownItems items, List<ItemAttributes> attributes) {
        boolean byUser = train.userCount() > 0;
        int[] perItem = new int[items.size()];
        long[] pairs = new long[train.size()];
        int count = 0;
        for (int event = 0; event < train.size(); event++) {
            int who = byUser ? train.userOf(event) : train.sessionOf(event);
            if (who >= 0) {
                pairs[count++] = (long) who << Integer.SIZE | train.itemOf(event);
            }
        }
        Arrays.sort(pairs, 0, count);
        for (int i = 0; i < count; i++) {
            if (i == 0 || pairs[i] != pairs[i - 1]) {
                perItem[(int) pairs[i]]++;
            }
        }
        int users = Math.max(1, byUser ? train.userCount() : train.sessionCount());
        return new Takers(perItem, users, attributes.isEmpty() ? new int[0][] : Labels.of(items, attributes));
    }

    int items() {
        return perItem.length;
    }

    boolean hasLabels() {
        return labels.length > 0;
    }
}
