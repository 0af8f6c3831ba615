package dev.recsys.benchmarks;

import com.netflix.hollow.core.index.HollowPrimaryKeyIndex;
import com.netflix.hollow.core.read.engine.HollowReadStateEngine;
import com.netflix.hollow.core.read.engine.list.HollowListTypeReadState;
import com.netflix.hollow.core.read.engine.object.HollowObjectTypeReadState;
import dev.recsys.RecommendedItem;
import dev.recsys.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The same ranking over rows of neighbours that Hollow keeps: ids are found by Hollow's index, rows and scores are read from its
 * records, and all else is in arrays by Hollow's numbers of items, as one writes it who has measured string maps. One thread.
 */
final class HollowRanking {
    private static final float DECAY = 0.8f;
    private static final float POPULARITY_WEIGHT = 0.2f;
    private static final int POPULARITY_HEAD = 1_000;
    private static final int LEFT = 1;
    private static final int BY_NEIGHBOURS = 2;
    private static final int BY_POPULARITY = 4;

    private final HollowObjectTypeReadState items;
    private final HollowObjectTypeReadState rows;
    private final HollowObjectTypeReadState neighbours;
    private final HollowListTypeReadState lists;
    private final HollowPrimaryKeyIndex itemById;
    private final int[] rowOf; // [item] the number of its row
    private final int[] categories; // [item]
    private final int[] head; // [place] item, best first
    private final float[] headScores; // [place]
    private final float[] scores; // [item]
    private final byte[] flags; // [item]
    private final int[] touched; // [position] item
    private final int[] taken; // [category]
    private int touchedCount;

    /** Reads a file that {@link HollowForm} wrote of the table. */
    HollowRanking(Path file, Table popularity, Map<String, String> categoryOf) throws IOException {
        HollowReadStateEngine engine = HollowForm.engine(file);
        this.items = (HollowObjectTypeReadState) engine.getTypeState("Item");
        this.rows = (HollowObjectTypeReadState) engine.getTypeState("Row");
        this.neighbours = (HollowObjectTypeReadState) engine.getTypeState("Neighbour");
        this.lists = (HollowListTypeReadState) engine.getTypeState("Neighbours");
        this.itemById = new HollowPrimaryKeyIndex(engine, "Item", "id");
        int size = items.maxOrdinal() + 1;
        this.rowOf = new int[size];
        for (int row = 0; row <= rows.maxOrdinal(); row++) {
            rowOf[rows.readOrdinal(row, 0)] = row;
        }
        List<String> names = categoryOf.values().stream().distinct().sorted().toList();
        this.categories = new int[size];
        for (int item = 0; item < size; item++) {
            categories[item] = names.indexOf(categoryOf.getOrDefault(items.readString(item, 0), ""));
        }
        this.taken = new int[names.size()];
        int everybody = popularity.rowOf("");
        this.head = new int[Math.min(POPULARITY_HEAD, popularity.rowEnd(everybody) - popularity.rowStart(everybody))];
        this.headScores = new float[head.length];
        for (int place = 0; place < head.length; place++) {
            int position = popularity.rowStart(everybody) + place;
            head[place] = itemById.getMatchingOrdinal(popularity.itemId(popularity.item(position)));
            headScores[place] = popularity.score(everybody, position);
        }
        this.scores = new float[size];
        this.flags = new byte[size];
        this.touched = new int[size];
    }

    List<RecommendedItem> recommend(List<String> recent, Collection<String> seen, Collection<String> blocked) {
        recent.forEach(this::leaveOut);
        seen.forEach(this::leaveOut);
        blocked.forEach(this::leaveOut);
        addNeighbours(recent);
        addPopular();
        List<RecommendedItem> best = best();
        for (int i = 0; i < touchedCount; i++) {
            scores[touched[i]] = 0;
            flags[touched[i]] = 0;
        }
        touchedCount = 0;
        return best;
    }

    private void leaveOut(String id) {
        int item = itemById.getMatchingOrdinal(id);
        if (item >= 0) {
            touch(item, LEFT);
        }
    }

    private void touch(int item, int flag) {
        if (flags[item] == 0) {
            touched[touchedCount++] = item;
        }
        flags[item] |= (byte) flag;
    }

    private void addNeighbours(List<String> recent) {
        float weight = 1;
        for (String id : recent) {
            int list = rows.readOrdinal(rowOf[itemById.getMatchingOrdinal(id)], 1);
            int length = lists.size(list);
            for (int i = 0; i < length; i++) {
                int neighbour = lists.getElementOrdinal(list, i);
                int item = neighbours.readOrdinal(neighbour, 0);
                if ((flags[item] & LEFT) == 0) {
                    touch(item, BY_NEIGHBOURS);
                    scores[item] += weight * neighbours.readFloat(neighbour, 1);
                }
            }
            weight *= DECAY;
        }
        float best = 0;
        for (int i = 0; i < touchedCount; i++) {
            best = Math.max(best, scores[touched[i]]);
        }
        double factor = best > 0 ? 1.0 / best : 0;
        for (int i = 0; i < touchedCount; i++) {
            scores[touched[i]] = (float) (scores[touched[i]] * factor);
        }
    }

    private void addPopular() {
        float best = 0;
        for (int place = 0; place < head.length; place++) {
            best = (flags[head[place]] & LEFT) == 0 ? Math.max(best, headScores[place]) : best;
        }
        double factor = best > 0 ? (double) POPULARITY_WEIGHT / best : 0;
        for (int place = 0; place < head.length; place++) {
            if ((flags[head[place]] & LEFT) == 0) {
                touch(head[place], BY_POPULARITY);
                scores[head[place]] += (float) (factor * headScores[place]);
            }
        }
    }

    /** Takes the best out of a heap, as far as categories admit. */
    private List<RecommendedItem> best() {
        int[] heap = Arrays.stream(touched, 0, touchedCount)
                .filter(item -> (flags[item] & LEFT) == 0)
                .toArray();
        for (int root = heap.length / 2 - 1; root >= 0; root--) {
            siftDown(heap, root, heap.length);
        }
        Arrays.fill(taken, 0);
        List<RecommendedItem> best = new ArrayList<>();
        for (int left = heap.length; left > 0 && best.size() < ServingShop.K; left--) {
            int item = heap[0];
            heap[0] = heap[left - 1];
            siftDown(heap, 0, left - 1);
            if (taken[categories[item]]++ < ServingShop.MOST_OF_A_CATEGORY) {
                List<String> signals = StringMapRanking.signals(
                        (flags[item] & BY_NEIGHBOURS) != 0, (flags[item] & BY_POPULARITY) != 0);
                best.add(new RecommendedItem(items.readString(item, 0), scores[item], signals, List.of(), 1));
            }
        }
        return best;
    }

    private void siftDown(int[] heap, int from, int length) {
        int root = from;
        while (2 * root + 1 < length) {
            int child = 2 * root + 1;
            if (child + 1 < length && isBetter(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBetter(heap[child], heap[root])) {
                return;
            }
            int item = heap[root];
            heap[root] = heap[child];
            heap[child] = item;
            root = child;
        }
    }

    private boolean isBetter(int left, int right) {
        return scores[left] != scores[right]
                ? scores[left] > scores[right]
                : items.readString(left, 0).compareTo(items.readString(right, 0)) < 0;
    }
}
