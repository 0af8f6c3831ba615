package dev.recsys.preview;

import dev.recsys.preview.Compared.Common;
import dev.recsys.preview.PreviewChange.Item;
import dev.recsys.preview.PreviewChange.Segment;
import dev.recsys.preview.PreviewChange.User;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts how lists differ; in whole numbers alone, so that the order of requests changes nothing. */
final class ChangeTally {
    private static final int BINS = 10;

    private final OverlapSum all = new OverlapSum();
    private final SortedMap<String, OverlapSum> segments = new TreeMap<>();
    private final MostChanged users = new MostChanged();
    private final long[] overlaps = new long[BINS]; // [tenth]
    private long becameEmpty;
    private long becameFilled;
    private long identical;
    private long firstKept;
    private long commonItems;
    private long places;
    private long billionths;

    void add(Compared compared) {
        Common common = compared.common();
        all.add(compared, common.items());
        String segment = compared.exposure().request().segment().orElse("");
        segments.computeIfAbsent(segment, name -> new OverlapSum()).add(compared, common.items());
        int longer = compared.longer();
        if (longer == 0) {
            return;
        }
        overlaps[(int) Math.min(BINS - 1, BINS * common.items() / longer)]++;
        becameEmpty += compared.candidate().isEmpty() ? 1 : 0;
        becameFilled += compared.current().isEmpty() ? 1 : 0;
        identical += compared.isIdentical() ? 1 : 0;
        firstKept += compared.hasSameFirst() ? 1 : 0;
        commonItems += common.items();
        places += common.places();
        billionths += common.billionths();
        compared.exposure()
                .request()
                .user()
                .ifPresent(user -> users.add(user(user, compared, (double) common.items() / longer)));
    }

    private static User user(String user, Compared compared, double overlap) {
        return new User(
                user,
                compared.exposure().request().requestId().orElse(""),
                overlap,
                compared.current().size(),
                compared.candidate().size());
    }

    /**
     * Returns what was counted.
     *
     * @param before in how many lists of the current release each item is
     * @param after in how many of the candidate
     */
    PreviewChange change(Map<String, Long> before, Map<String, Long> after) {
        return new PreviewChange(
                all.compared(),
                becameEmpty,
                becameFilled,
                identical,
                all.mean(),
                Arrays.stream(overlaps).boxed().toList(),
                mean(firstKept, all.compared()),
                mean(places, commonItems),
                mean(billionths, commonItems) / 1e9,
                most(before, after, 1),
                most(before, after, -1),
                users.list(),
                segments());
    }

    private static double mean(long sum, long count) {
        return count == 0 ? 0 : (double) sum / count;
    }

    private static List<Item> most(Map<String, Long> before, Map<String, Long> after, int sign) {
        Comparator<Item> order = Comparator.<Item>comparingLong(item -> -sign * item.difference())
                .thenComparing(Item::itemId);
        TreeSet<Item> most = new TreeSet<>(order);
        for (Set<String> ids : List.of(before.keySet(), after.keySet())) {
            for (String id : ids) {
                Item item = new Item(id, before.getOrDefault(id, 0L), after.getOrDefault(id, 0L));
                if (sign * item.difference() > 0) {
                    most.add(item);
                }
                if (most.size() > PreviewChange.MOST) {
                    most.pollLast();
                }
            }
        }
        return List.copyOf(most);
    }

    private List<Segment> segments() {
        List<Segment> list = new ArrayList<>();
        segments.forEach((name, sum) -> list.add(sum.segment(name)));
        list.sort(Comparator.comparingLong(Segment::requests).reversed().thenComparing(Segment::name));
        return list.subList(0, Math.min(PreviewChange.MOST, list.size()));
    }
}
