package dev.recsys.preview;

import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.control.Exposure;
import dev.recsys.control.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What users did after requests. Takes memory in proportion to the outcomes. */
final class Following {
    private final Duration within;
    private final Map<String, List<Outcome>> byUser = new HashMap<>();

    Following(Scope scope, Iterable<Outcome> outcomes, Duration within) {
        this.within = within;
        for (Outcome outcome : outcomes) {
            if (outcome.scope().equals(scope)) {
                byUser.computeIfAbsent(outcome.user(), user -> new ArrayList<>())
                        .add(outcome);
            }
        }
        byUser.values().forEach(list -> list.sort(Comparator.comparing(Outcome::at)));
    }

    Duration within() {
        return within;
    }

    /** Returns the items that the user of a request did something with after it, and not later than in time. */
    Set<String> items(Exposure exposure) {
        List<Outcome> all = exposure.request()
                .user()
                .map(user -> byUser.getOrDefault(user, List.of()))
                .orElse(List.of());
        Instant end = exposure.at().plus(within);
        Set<String> items = new HashSet<>();
        for (int i = firstAfter(all, exposure.at());
                i < all.size() && !all.get(i).at().isAfter(end);
                i++) {
            items.add(all.get(i).item());
        }
        return items;
    }

    private static int firstAfter(List<Outcome> all, Instant time) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all.get(middle).at().isAfter(time)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    static boolean isHit(List<RecommendedItem> list, Set<String> items) {
        return list.stream().anyMatch(item -> items.contains(item.itemId()));
    }
}
