package dev.recsys.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A list of which something may still come. */
final class OpenList {
    final LoggedList list;
    final SortedMap<Integer, List<LoggedOutcome>> outcomes = new TreeMap<>();

    OpenList(LoggedList list) {
        this.list = list;
    }

    void add(int index, LoggedOutcome outcome) {
        outcomes.computeIfAbsent(index, unused -> new ArrayList<>()).add(outcome);
    }

    /** Returns the first place of an item, -1 if the list does not have it. */
    int indexOf(String item) {
        for (int index = 0; index < list.items().size(); index++) {
            if (list.items().get(index).item().equals(item)) {
                return index;
            }
        }
        return -1;
    }
}
