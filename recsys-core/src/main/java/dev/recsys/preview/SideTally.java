package dev.recsys.preview;

import dev.recsys.RecommendedItem;
import dev.recsys.preview.PreviewReport.Lists;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the lists of one side. Takes memory in proportion to the different items. */
final class SideTally {
    private static final String NONE = "none";

    private long requests;
    private long empty;
    private long shorter;
    private long shown;
    private final Map<String, Long> items = new HashMap<>();
    private final SortedMap<String, Long> signals = new TreeMap<>();

    void add(List<RecommendedItem> list, int asked) {
        requests++;
        empty += list.isEmpty() ? 1 : 0;
        shorter += !list.isEmpty() && list.size() < asked ? 1 : 0;
        shown += list.size();
        for (RecommendedItem item : list) {
            items.merge(item.itemId(), 1L, Long::sum);
            item.signals().forEach(signal -> signals.merge(signal, 1L, Long::sum));
            if (item.signals().isEmpty()) {
                signals.merge(NONE, 1L, Long::sum);
            }
        }
    }

    /** Returns in how many lists each item is. */
    Map<String, Long> items() {
        return items;
    }

    Lists lists() {
        return new Lists(requests, empty, shorter, shown, items.size(), signals);
    }
}
