package dev.recsys.serve;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.RecommendedItem;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.table.Table;
import java.util.Collection;
import java.util.List;

/**
 * Turns one snapshot and one request into a ranked list: candidates of every signal, what is excluded left out, the
 * signals' scores scaled to 0..1 within the request and added by weight, the best k by score, then by id.
 */
final class Ranker {
    private static final String EVERYBODY = "";
    private static final float LEAST_SHARE = 0x1p-40f; // of a row's best score; less counts as this
    private static final List<String> BY_COOC = List.of("cooc");
    private static final List<String> BY_POPULARITY = List.of("popularity");
    private static final List<String> BY_BOTH = List.of("cooc", "popularity");

    private final RankingSettings settings;
    private final ScratchPool scratches = new ScratchPool();

    Ranker(RankingSettings settings) {
        this.settings = settings;
    }

    /**
     * Ranks.
     *
     * @param recent the user's recent items, most recent first
     * @param degradations receives what was less than it could be
     */
    List<RecommendedItem> rank(
            Snapshot snapshot, RecommendationRequest request, List<String> recent, List<Degradation> degradations) {
        Scratch scratch = scratches.borrow(snapshot.catalogue().size());
        try {
            exclude(snapshot, request.excludes(), scratch);
            addCooc(snapshot, request, recent, scratch, degradations);
            addPopularity(snapshot, request, scratch, degradations);
            return best(snapshot, request, scratch, degradations);
        } finally {
            scratches.giveBack(scratch);
        }
    }

    private static void exclude(Snapshot snapshot, Collection<String> ids, Scratch scratch) {
        for (String id : ids) {
            int item = snapshot.catalogue().indexOf(id);
            if (item >= 0) {
                scratch.mark(item, Scratch.EXCLUDED);
            }
        }
    }

    private void addCooc(
            Snapshot snapshot,
            RecommendationRequest request,
            List<String> recent,
            Scratch scratch,
            List<Degradation> degradations) {
        int[] items = knownItems(snapshot, request, recent, scratch, degradations);
        float weight = settings.weight(ArtifactType.COOC);
        if (weight == 0) {
            return;
        }
        Table cooc = snapshot.cooc();
        if (cooc == null) {
            degradations.add(new Degradation(Kind.SIGNAL_MISSING, "the release has no cooc"));
            return;
        }
        if (items.length == 0) {
            degradations.add(new Degradation(Kind.NO_HISTORY, "no recent item is known"));
            return;
        }
        float itemWeight = 1;
        for (int item : items) {
            if (item < 0) {
                break;
            }
            for (int position = cooc.rowStart(item); position < cooc.rowEnd(item); position++) {
                scratch.add(cooc.item(position), itemWeight * cooc.score(item, position), Scratch.COOC);
            }
            itemWeight *= (float) settings.recencyDecay();
        }
        scratch.scaleBestTo(weight);
    }

    /** Returns the recent items that the release knows, each once, most recent first; -1 ends a list that is not full. */
    private int[] knownItems(
            Snapshot snapshot,
            RecommendationRequest request,
            List<String> recent,
            Scratch scratch,
            List<Degradation> degradations) {
        int considered = Math.min(recent.size(), settings.maxRecentItems());
        int[] items = new int[considered];
        int known = 0;
        int unknown = 0;
        if (request.recentItemsExcluded()) {
            exclude(snapshot, recent, scratch); // also those that do not count any more
        }
        for (int i = 0; i < considered; i++) {
            int item = snapshot.catalogue().indexOf(recent.get(i));
            if (item < 0) {
                unknown++;
            } else if (!scratch.has(item, Scratch.RECENT)) {
                scratch.mark(item, Scratch.RECENT);
                items[known++] = item;
            }
        }
        if (unknown > 0) {
            degradations.add(new Degradation(
                    Kind.UNKNOWN_ITEMS, unknown + " of " + considered + " recent items are not in the release"));
        }
        if (known == 0) {
            return new int[0];
        }
        if (known < considered) {
            items[known] = -1;
        }
        return items;
    }

    private void addPopularity(
            Snapshot snapshot, RecommendationRequest request, Scratch scratch, List<Degradation> degradations) {
        float weight = settings.weight(ArtifactType.POPULARITY);
        if (weight == 0) {
            return;
        }
        Table popularity = snapshot.popularity();
        int everybody = popularity == null ? -1 : popularity.rowOf(EVERYBODY);
        if (popularity == null || everybody < 0) {
            degradations.add(new Degradation(Kind.SIGNAL_MISSING, "the release has no popularity"));
            return;
        }
        int row = request.segment()
                .map(segment -> segmentRow(popularity, segment, degradations))
                .orElse(everybody);
        float last = addRow(
                popularity,
                row,
                weight,
                settings.popularityHead(),
                request.k().orElse(RecommendationRequest.DEFAULT_K),
                scratch);
        if (row != everybody && scratch.eligible() < request.k().orElse(RecommendationRequest.DEFAULT_K)) {
            addRow(
                    popularity,
                    everybody,
                    Math.nextDown(last),
                    0,
                    request.k().orElse(RecommendationRequest.DEFAULT_K),
                    scratch);
        }
    }

    private static int segmentRow(Table popularity, String segment, List<Degradation> degradations) {
        int row = popularity.rowOf(segment);
        if (row >= 0) {
            return row;
        }
        degradations.add(new Degradation(Kind.UNKNOWN_SEGMENT, "the release has no list for the segment"));
        return popularity.rowOf(EVERYBODY);
    }

    /**
     * Adds a row's items, scaled so that the first has {@code ceiling}: the first {@code head} of them, and then as many as
     * it takes to have k eligible ones. Returns the last score, under which another row may go on: it is more than 0 even
     * where the row ends with zeros, for below zero there is no order.
     */
    private static float addRow(Table popularity, int row, float ceiling, int head, int k, Scratch scratch) {
        int start = popularity.rowStart(row);
        int end = popularity.rowEnd(row);
        if (start == end) {
            return ceiling;
        }
        float best = popularity.score(row, start);
        double factor = best > 0 ? (double) ceiling / best : 0; // double: one over the smallest float is no float
        float floor = ceiling * LEAST_SHARE;
        float last = ceiling;
        for (int position = start; position < end; position++) {
            if (position - start >= head && scratch.eligible() >= k) {
                break;
            }
            int item = popularity.item(position);
            last = Math.max(floor, (float) (factor * popularity.score(row, position)));
            if (!scratch.has(item, Scratch.POPULARITY)) {
                scratch.add(item, last, Scratch.POPULARITY);
            }
        }
        return last;
    }

    private static List<RecommendedItem> best(
            Snapshot snapshot, RecommendationRequest request, Scratch scratch, List<Degradation> degradations) {
        int found = scratch.selectBest(request.k().orElse(RecommendationRequest.DEFAULT_K), snapshot.catalogue());
        if (found < request.k().orElse(RecommendationRequest.DEFAULT_K)) {
            degradations.add(new Degradation(
                    Kind.FEWER_THAN_K,
                    "only " + found + " of " + request.k().orElse(RecommendationRequest.DEFAULT_K)
                            + " items are eligible"));
        }
        RecommendedItem[] items = new RecommendedItem[found];
        for (int i = 0; i < found; i++) {
            int item = scratch.touchedAt(i);
            items[i] = new RecommendedItem(
                    snapshot.catalogue().itemId(item), scratch.score(item), signals(scratch.flags(item)), List.of(), 1);
        }
        return List.of(items);
    }

    private static List<String> signals(int flags) {
        boolean cooc = (flags & Scratch.COOC) != 0;
        boolean popularity = (flags & Scratch.POPULARITY) != 0;
        if (cooc && popularity) {
            return BY_BOTH;
        }
        return cooc ? BY_COOC : BY_POPULARITY;
    }
}
