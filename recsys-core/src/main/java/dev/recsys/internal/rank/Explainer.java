package dev.recsys.internal.rank;

import dev.recsys.Degradation;
import dev.recsys.Explanation.Contribution;
import dev.recsys.Explanation.Dropped;
import dev.recsys.Explanation.Item;
import dev.recsys.Explanation.Stage;
import dev.recsys.RecommendedItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Ranks once more with an eye on everything, and says why each item is where it is. One request uses it. */
public final class Explainer {
    private static final Comparator<String> BY_ID = ItemIndex::compareIds;

    private final Ranker ranker;
    private final RankingPlan plan;
    private final RankingInput input;
    private final Map<Integer, List<Contribution>> contributions = new HashMap<>();
    private final Map<Integer, Integer> cappedBy = new HashMap<>(); // item -> the feature there were enough of
    private final Map<String, Seen> seen = new HashMap<>();

    /** What is left of an item when the working memory is given back. */
    private record Seen(int item, int flags, float score, int rank, List<Contribution> contributions, int cappedBy) {}

    /** Explains one request. */
    public Explainer(Ranker ranker, RankingPlan plan, RankingInput input) {
        this.ranker = ranker;
        this.plan = plan;
        this.input = input;
    }

    /** Ranks as {@link Ranker#rank} does. */
    public List<RecommendedItem> rank(List<Degradation> degradations) {
        return ranker.rank(plan, input, new Recorder(), degradations);
    }

    /**
     * Explains, after {@link #rank}, the items of the list in their order, then others by id.
     *
     * @param asked others to explain, which may be in the list
     */
    public List<Item> explain(List<RecommendedItem> list, Set<String> asked) {
        List<Item> items = new ArrayList<>();
        for (RecommendedItem item : list) {
            items.add(inList(item, items.size() + 1));
        }
        asked.stream()
                .filter(id -> list.stream().noneMatch(item -> item.itemId().equals(id)))
                .sorted(BY_ID)
                .forEach(id -> items.add(left(id)));
        return items;
    }

    private Item inList(RecommendedItem item, int position) {
        Seen found = seen(item.itemId());
        return new Item(
                item.itemId(),
                position,
                found.rank(),
                found.contributions(),
                boost(found, item.itemId()),
                item.score(),
                item.rules(),
                item.propensity(),
                Optional.empty());
    }

    private Item left(String id) {
        Seen found = seen(id);
        ActiveRules rules = plan.rules(input.request().segment());
        List<String> matching = new ArrayList<>(rules.blocks(indexed(found), id));
        matching.addAll(rules.boosts(indexed(found), id));
        return new Item(
                id,
                0,
                found.rank(),
                found.contributions(),
                boost(found, id),
                found.score(),
                matching,
                1,
                Optional.of(dropped(found, id)));
    }

    private Seen seen(String id) {
        Seen found = seen.get(id);
        if (found != null) {
            return found;
        }
        int item = plan.index().indexOf(id);
        int flags = item < 0 ? 0 : new RequestItems(plan, input.request(), Set.of()).drops(item);
        return new Seen(item, flags, 0, 0, List.of(), -1);
    }

    private int indexed(Seen found) {
        return found.item() < plan.index().size() ? found.item() : -1;
    }

    private double boost(Seen found, String id) {
        ActiveRules rules = plan.rules(input.request().segment());
        return indexed(found) >= 0 ? rules.boost(found.item()) : rules.boost(id);
    }

    private Dropped dropped(Seen found, String id) {
        int flags = found.flags();
        if (found.item() < 0) {
            return new Dropped(Stage.UNKNOWN, "neither the release nor the items' attributes have it");
        }
        if ((flags & Scratch.EXCLUDED) != 0) {
            return new Dropped(Stage.EXCLUDED, "the request excludes it");
        }
        if ((flags & Scratch.RECENT) != 0) {
            return new Dropped(Stage.RECENT, "it is one of the user's recent items");
        }
        if ((flags & Scratch.BLOCKED) != 0) {
            String rules =
                    String.join(", ", plan.rules(input.request().segment()).blocks(indexed(found), id));
            return new Dropped(Stage.BLOCKED, "blocked by " + rules);
        }
        if ((flags & Scratch.UNAVAILABLE) != 0) {
            return new Dropped(Stage.UNAVAILABLE, "its attributes say that it is not available");
        }
        if ((flags & Scratch.FILTERED) != 0) {
            return new Dropped(Stage.FILTERED, "it does not pass the request's tags, categories or price");
        }
        if (found.cappedBy() >= 0) {
            int feature = found.cappedBy();
            return new Dropped(
                    Stage.CAPPED,
                    "the list has " + plan.cap(plan.index().attributeOf(feature)) + " of "
                            + plan.index().attributeOf(feature).publicName() + " '"
                            + plan.index().featureValue(feature) + "' already");
        }
        if (found.rank() == 0) {
            return new Dropped(Stage.NO_SIGNAL, "no signal brought it up, and the list was full without it");
        }
        return new Dropped(Stage.OUTRANKED, outranked(found.rank()));
    }

    private String outranked(int rank) {
        int places = input.request().k().orElse(plan.config().k());
        String byScore = "its score is number " + rank + " of all candidates";
        return rank > places ? byScore : byScore + "; a pin, diversity or exploration gave its place to another";
    }

    /** Notes what the ranking does while it does it. */
    private final class Recorder implements Trace {
        @Override
        public void contributed(String signal, int item, float raw, float weight, float share) {
            contributions
                    .computeIfAbsent(item, unknown -> new ArrayList<>())
                    .add(new Contribution(signal, raw, share / weight, weight, share));
        }

        @Override
        public void capped(int item, int feature) {
            cappedBy.put(item, feature);
        }

        @Override
        public void done(Scratch scratch, Selection selection) {
            List<Integer> ranked = new ArrayList<>();
            for (int slot = 1; slot <= scratch.count(); slot++) {
                if (scratch.isEligible(slot)) {
                    ranked.add(slot);
                }
            }
            ranked.sort((left, right) -> left.equals(right) ? 0 : scratch.isBetter(left, right) ? -1 : 1);
            Map<Integer, Integer> ranks = new HashMap<>();
            ranked.forEach(slot -> ranks.put(slot, ranks.size() + 1));
            for (int slot = 1; slot <= scratch.count(); slot++) {
                int item = scratch.itemAt(slot);
                seen.put(
                        scratch.itemId(item),
                        new Seen(
                                item,
                                scratch.flags(slot),
                                scratch.score(slot),
                                ranks.getOrDefault(slot, 0),
                                contributions.getOrDefault(item, List.of()),
                                cappedBy.getOrDefault(item, -1)));
            }
        }
    }
}
