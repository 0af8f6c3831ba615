package dev.recsys.internal.rank;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.RecommendedItem;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.Candidate;
import dev.recsys.internal.rank.RankingPlan.Weighted;
import dev.recsys.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * Turns a plan and a request into a list: leave out what is excluded, recent, blocked, unavailable or filtered; let every
 * signal bring items up; scale each signal's scores to 0..1 within the request and add them by weight; boost; let the
 * host's model score the best anew; choose. Lists are filled from what is popular, then from all items by id. The order of
 * every sum is fixed by the request and the tables, so that the same input gives the same list bit for bit.
 */
public final class Ranker {
    private final ScratchPool scratches = new ScratchPool();

    /**
     * Ranks.
     *
     * @param degradations receives what was less than it could be
     */
    public List<RecommendedItem> rank(RankingPlan plan, RankingInput input, List<Degradation> degradations) {
        return rank(plan, input, Trace.NONE, degradations);
    }

    List<RecommendedItem> rank(RankingPlan plan, RankingInput input, Trace trace, List<Degradation> degradations) {
        Scratch scratch = scratches.borrow();
        List<RecommendedItem> list = new Ranking(plan, input, scratch, trace, degradations).list();
        scratches.giveBack(scratch); // not after a failure, whatever that left behind in it
        return list;
    }

    /** Returns how many items may turn up that have no number. */
    private static int extras(RankingPlan plan, RankingInput input) {
        int extras = plan.rules(input.request().segment()).pins().length;
        if (input.candidates().isEmpty()) {
            return extras;
        }
        for (List<Candidate> candidates : input.candidates().values()) {
            extras += candidates.size();
        }
        return extras;
    }

    /** One ranking under way. */
    private static final class Ranking {
        private final RankingPlan plan;
        private final RankingInput input;
        private final RecommendationRequest request;
        private final Scratch scratch;
        private final Trace trace;
        private final List<Degradation> degradations;
        private final RequestItems items;
        private final int k;

        Ranking(RankingPlan plan, RankingInput input, Scratch scratch, Trace trace, List<Degradation> degradations) {
            this.plan = plan;
            this.input = input;
            this.request = input.request();
            this.scratch = scratch;
            this.trace = trace;
            this.degradations = degradations;
            this.k = request.k().orElse(plan.config().k());
            Collection<String> recents = request.recentItemsExcluded() ? input.recentItems() : List.of();
            boolean hasMany = !input.candidates().isEmpty(); // of items that are looked up by their ids
            this.items = new RequestItems(plan, request, hasMany ? new HashSet<>(recents) : recents);
        }

        List<RecommendedItem> list() {
            scratch.begin(items, plan.index().size() + extras(plan, input));
            excludeAndAsk();
            Popularity popularity = Popularity.of(plan, request, degradations);
            double weightSum = bringUp(popularity);
            if (items.rules().hasBoosts()) {
                scratch.boost(items.rules());
            }
            Selection selection = new Selection(plan, items, scratch, weightSum, trace);
            rescore();
            int found = select(selection, popularity);
            if (found < k) {
                degradations.add(
                        new Degradation(Kind.FEWER_THAN_K, "only " + found + " of " + k + " items are eligible"));
            }
            if (plan.needsAttributes(items.isFiltered()) && !plan.index().hasAttributes()) {
                degradations.add(new Degradation(
                        Kind.NO_ATTRIBUTES, "caps, diversity or a filter are asked for, and no item has attributes"));
            }
            tellUnknownPins(selection, found);
            for (int i = 0; i < found; i++) {
                popularity.settle(scratch, selection.slotAt(i));
            }
            trace.done(scratch, selection);
            return result(selection, found);
        }

        private void tellUnknownPins(Selection selection, int found) {
            for (int i = 0; i < found; i++) {
                int slot = selection.slotAt(i);
                boolean isUnknown = scratch.itemAt(slot) >= plan.index().size();
                if (isUnknown && !selection.pinAt(i).isEmpty() && scratch.signals(slot) == 0) {
                    degradations.add(new Degradation(
                            Kind.UNKNOWN_ITEMS,
                            "rule " + selection.pinAt(i)
                                    + " pins an item that neither the release nor the items' attributes know"));
                }
            }
        }

        /** Leaves out what is to be, and finds the items whose neighbours are looked up; no id is looked up twice. */
        private void excludeAndAsk() {
            mark(scratch.lookUp(request.excludes()), Scratch.EXCLUDED);
            Lookup recents = scratch.lookUp(input.recentItems());
            if (request.recentItemsExcluded()) {
                mark(recents, Scratch.RECENT);
            }
            if (request.similarTo().isPresent()) {
                Lookup anchor = scratch.lookUp(List.of(request.similarTo().get()));
                mark(anchor, Scratch.EXCLUDED);
                ask(anchor, " items to be similar to");
            } else {
                ask(recents, " recent items");
                if (scratch.asked() == 0) {
                    degradations.add(new Degradation(Kind.NO_HISTORY, "no recent item is known"));
                }
            }
        }

        private void mark(Lookup found, int bits) {
            for (int i = 0; i < found.size(); i++) {
                if (found.numberAt(i) >= 0) {
                    scratch.mark(scratch.slot(found.numberAt(i)), bits);
                }
            }
        }

        /** Keeps the items whose neighbours are looked up, each once, most recent first. */
        private void ask(Lookup found, String what) {
            int considered = Math.min(found.size(), plan.config().maxRecentItems());
            int unknown = 0;
            for (int i = 0; i < considered; i++) {
                if (found.numberAt(i) < 0) {
                    unknown++;
                } else {
                    scratch.ask(found.numberAt(i));
                }
            }
            if (unknown > 0) {
                degradations.add(new Degradation(
                        Kind.UNKNOWN_ITEMS, unknown + " of " + considered + what + " are not in the release"));
            }
        }

        /** Returns the sum of the weights. */
        private double bringUp(Popularity popularity) {
            double weightSum = 0;
            float popularityWeight = 0;
            for (Weighted signal : plan.weights(request.similarTo().isPresent(), request.segment())) {
                if (isOwn(signal.type()) && signal.type().equals(ArtifactType.POPULARITY)) {
                    popularityWeight = signal.weight();
                } else if (signal.weight() > 0) {
                    addUp(signal.type());
                    scratch.blend(signal, trace);
                }
                weightSum += signal.weight();
            }
            if (popularityWeight > 0 && popularity.isThere()) {
                popularity.bringUp(
                        scratch,
                        k,
                        popularityWeight,
                        trace != Trace.NONE || items.rules().lookAtAll(),
                        trace);
            } else if (popularityWeight > 0) {
                missing("the release has no " + ArtifactType.POPULARITY + " that can be served");
            }
            if (!input.candidates().isEmpty()) {
                tellUnweighted();
            }
            return weightSum == 0 ? 1 : weightSum;
        }

        private void tellUnweighted() {
            for (String signal : input.candidates().keySet()) {
                if (!plan.signals().contains(signal)) {
                    missing("the host's signal " + signal + " has no weight in the configuration");
                }
            }
        }

        /** Whether a signal is the release's, and not one that the host brings in its place. */
        private boolean isOwn(ArtifactType type) {
            return !input.candidates().containsKey(type.name());
        }

        private void addUp(ArtifactType type) {
            List<Candidate> supplied = input.candidates().get(type.name());
            Table table = plan.release().neighbours().get(type);
            if (supplied != null) {
                for (Candidate candidate : supplied) {
                    scratch.add(scratch.numberOf(candidate.itemId()), (float) candidate.score());
                }
            } else if (table == null) {
                missing("the release has no " + type);
            } else {
                addNeighbours(table);
            }
        }

        private void addNeighbours(Table table) {
            scratch.readAhead(table);
            float itemWeight = 1;
            float decay = (float) plan.config().recencyDecay();
            for (int i = 0; i < scratch.asked(); i++) {
                int item = scratch.askedAt(i);
                if (item < table.rowCount()) {
                    scratch.addRow(table, item, itemWeight);
                }
                itemWeight *= decay;
            }
        }

        private void missing(String why) {
            degradations.add(new Degradation(Kind.SIGNAL_MISSING, why));
        }

        /** Replaces the scores of the best by those of the host's model; they stay before all others. */
        private void rescore() {
            int pool = input.rescorer().pool();
            if (pool == 0) {
                return;
            }
            List<Candidate> best = new ArrayList<>(pool);
            BestFirst order = scratch.best();
            order.start();
            for (int slot = order.next(); slot > 0; slot = best.size() < pool ? order.next() : 0) {
                best.add(new Candidate(scratch.itemId(scratch.itemAt(slot)), scratch.score(slot)));
            }
            input.rescorer().rescore(best).ifPresent(scores -> take(best, scores));
        }

        private void take(List<Candidate> best, double[] scores) {
            double least = best.isEmpty() ? 0 : best.get(best.size() - 1).score();
            double most = 0;
            for (double score : scores) {
                most = Math.max(most, score);
            }
            for (int i = 0; i < scores.length; i++) {
                double share = most == 0 ? 0 : scores[i] / most;
                int slot = scratch.slot(scratch.numberOf(best.get(i).itemId()));
                scratch.setScore(slot, (float) (least + share));
            }
        }

        /** Chooses, and brings more up as long as the list is not full. */
        private int select(Selection selection, Popularity popularity) {
            int wanted = k;
            while (true) {
                boolean isAll = !popularity.fill(scratch, wanted);
                int found = selection.choose(k, input.seed());
                if (found == k || isAll) {
                    return found;
                }
                wanted = Math.max(wanted, scratch.eligible()) * 4;
            }
        }

        private List<RecommendedItem> result(Selection selection, int found) {
            RecommendedItem[] list = new RecommendedItem[found];
            for (int i = 0; i < found; i++) {
                int slot = selection.slotAt(i);
                int item = scratch.itemAt(slot);
                String id = scratch.itemId(item);
                list[i] = new RecommendedItem(
                        id,
                        scratch.score(slot),
                        plan.signals(scratch.signals(slot)),
                        rules(selection.pinAt(i), item, id),
                        selection.propensityAt(i));
            }
            return List.of(list);
        }

        private List<String> rules(String pin, int item, String id) {
            if (items.rules().isEmpty()) {
                return List.of();
            }
            List<String> boosts = items.rules().boosts(item < plan.index().size() ? item : -1, id);
            if (pin.isEmpty()) {
                return boosts;
            }
            List<String> all = new ArrayList<>(boosts);
            all.add(0, pin);
            return all;
        }
    }
}
