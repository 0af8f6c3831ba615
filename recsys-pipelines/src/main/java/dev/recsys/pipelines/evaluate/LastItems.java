package dev.recsys.pipelines.evaluate;

import dev.recsys.pipelines.events.Events;
import java.util.BitSet;

/**
 * Leaves out of each user's events the item that the user took up last: its first event, and all that the user did from
 * then on. Users with one item only keep it. Events without a user stay in training.
 */
final class LastItems {
    private final Events events;
    private final BitSet later = new BitSet(); // [event] whether it is left out
    private final BitSet targets = new BitSet(); // [event] whether it is the one to find

    LastItems(Events events) {
        this.events = events;
        Histories histories = new Histories(events);
        BitSet seen = new BitSet(); // [item]
        for (int user = 0; user < histories.users(); user++) {
            int last = -1;
            int distinct = 0;
            for (int position = histories.start(user); position < histories.end(user); position++) {
                int item = events.itemOf(histories.event(position));
                if (!seen.get(item)) {
                    seen.set(item);
                    distinct++;
                    last = position;
                }
            }
            for (int position = histories.start(user); position < histories.end(user); position++) {
                seen.clear(events.itemOf(histories.event(position)));
            }
            if (distinct > 1) {
                leaveOut(histories, last, histories.end(user));
            }
        }
    }

    /** Returns what is trained on. */
    Events train() {
        return events.where(event -> !later.get(event));
    }

    /** Returns one event a user: the first of the item to find. */
    Events test() {
        return events.where(targets::get);
    }

    private void leaveOut(Histories histories, int from, int end) {
        targets.set(histories.event(from));
        for (int position = from; position < end; position++) {
            later.set(histories.event(position));
        }
    }
}
