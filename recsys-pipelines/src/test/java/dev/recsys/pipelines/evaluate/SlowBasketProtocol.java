package dev.recsys.pipelines.evaluate;

import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The protocol once more from its definition: sorts the whole catalogue for every hidden item. */
final class SlowBasketProtocol {
    private final Table cooc;
    private long cases;

    SlowBasketProtocol(Table cooc) {
        this.cooc = cooc;
    }

    BasketMetrics run(List<Set<String>> sessions) {
        double hits = 0;
        double recalls = 0;
        double gains = 0;
        for (Set<String> session : sessions) {
            List<Integer> ranks =
                    session.stream().map(hidden -> rank(session, hidden)).toList();
            hits += ranks.stream()
                    .mapToDouble(rank -> rank <= 10 ? 1 : 0)
                    .average()
                    .orElse(0);
            recalls += ranks.stream()
                    .mapToDouble(rank -> rank <= 20 ? 1 : 0)
                    .average()
                    .orElse(0);
            gains += ranks.stream()
                    .mapToDouble(rank -> rank <= 10 ? Math.log(2) / Math.log(rank + 1) : 0)
                    .average()
                    .orElse(0);
            cases += ranks.size();
        }
        int n = sessions.size();
        return new BasketMetrics(n, cases, hits / n, recalls / n, gains / n);
    }

    private int rank(Set<String> session, String hidden) {
        if (cooc.indexOf(hidden) < 0) {
            return Integer.MAX_VALUE;
        }
        Set<String> query = new HashSet<>(session);
        query.remove(hidden);
        Map<String, Double> scores = new HashMap<>();
        for (String item : query) {
            for (ScoredItem neighbour : cooc.row(item)) {
                scores.merge(neighbour.itemId(), (double) neighbour.score(), Double::sum);
            }
        }
        double hiddenScore = scores.getOrDefault(hidden, 0.0);
        List<String> before = new ArrayList<>();
        for (int item = 0; item < cooc.itemCount(); item++) {
            String id = cooc.itemId(item);
            if (!id.equals(hidden) && !query.contains(id) && scores.getOrDefault(id, 0.0) >= hiddenScore) {
                before.add(id);
            }
        }
        return before.size() + 1;
    }
}
