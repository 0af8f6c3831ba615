package dev.recsys.internal.rank;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.table.Table;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is popular: a signal by the head of its list, and, whatever it weighs, what fills a list. It fills with the segment's
 * list, then everybody's, then with what neither has, by id. Goes on where it stopped; one request uses it.
 *
 * <p>The head has a thousand items, most of which no other signal brought up and few of which come into a list of twenty.
 * These come up one by one, best first, when nothing better is left ({@link #leads}): a tenth of the time of the request in
 * {@code ServingTable} of the benchmarks. The list is the same as if all had been brought up at once, which is done where somebody wants to see all of them.
 */
final class Popularity {
    private static final float FILL_SCORE = 1e-20f; // below all that a signal gives, above zero

    private final RankingPlan plan;
    private final @Nullable Table table;
    private final int segmentRow; // or everybody's
    private final int everybody;
    private int position; // in the row that is filled from
    private int row;
    private int unpopular; // how many of those that no list has were brought up
    private int filled;
    private Scale scale = Scale.NOTHING;
    private int headEnd; // of what counts as a signal, in the segment's row; 0 if it is none

    private Popularity(RankingPlan plan, @Nullable Table table, int segmentRow, int everybody) {
        this.plan = plan;
        this.table = table;
        this.segmentRow = segmentRow;
        this.everybody = everybody;
        this.row = segmentRow;
        this.position = table == null ? 0 : table.rowStart(segmentRow);
    }

    static Popularity of(RankingPlan plan, RecommendationRequest request, List<Degradation> degradations) {
        Optional<Table> table = plan.release().popularity();
        if (table.isEmpty()) {
            return new Popularity(plan, null, -1, -1);
        }
        int everybody = ReleaseTables.everybody(table.get());
        Optional<String> segment = request.segment();
        int row = segment.isEmpty() ? everybody : table.get().rowOf(segment.get());
        if (row < 0) {
            degradations.add(new Degradation(Kind.UNKNOWN_SEGMENT, "the release has no list for the segment"));
        }
        return new Popularity(plan, table.get(), row < 0 ? everybody : row, everybody);
    }

    /**
     * Brings the head of the list up as a signal: as many as configured, and then as many as it takes to have k. The list is
     * best first and names each item once, so that its best item is known before any share is. Must be the last signal.
     *
     * @param all whether to bring all of them up at once
     */
    void bringUp(Scratch scratch, int k, float weight, boolean all, Trace trace) {
        Table popularity = Objects.requireNonNull(table, "there is no popularity to bring up");
        int end = popularity.rowEnd(segmentRow);
        headEnd = (int) Math.min(
                end, (long) popularity.rowStart(segmentRow) + plan.config().popularityHead());
        scale = new Scale(weight, bestAllowed(popularity, scratch, scratch.eligible() < k ? end : headEnd));
        if (all) {
            while (position < headEnd) {
                next(scratch, weight, trace);
            }
        } else {
            scratch.addHead(plan.popularHead(popularity, segmentRow, headEnd), scale, plan.popularityBit());
            while (position < headEnd && scratch.eligible() < k) {
                next(scratch, weight, trace);
            }
        }
        while (position < end && scratch.eligible() < k) { // so the head was not enough
            headEnd++;
            next(scratch, weight, trace);
        }
        scratch.best().follow(this);
    }

    boolean isThere() {
        return table != null;
    }

    /** Returns whether the next item of the head, which is not brought up yet, has a share of so much or more. */
    boolean leads(float score) {
        return position < headEnd && table != null && scale.share(table.score(segmentRow, position)) >= score;
    }

    /** Goes to the next item of the head, and returns its slot if it was brought up by that, or 0 if it was before. */
    int next(Scratch scratch) {
        return next(scratch, 0, Trace.NONE);
    }

    private int next(Scratch scratch, float weight, Trace trace) {
        Table popularity = Objects.requireNonNull(table);
        int item = popularity.item(position);
        int slot = scratch.slot(item);
        int at = position++;
        if (scratch.has(slot, plan.popularityBit())) {
            return 0;
        }
        float score = popularity.score(segmentRow, at);
        float share = scale.share(score);
        trace.contributed(ArtifactType.POPULARITY.name(), item, score, weight, share);
        scratch.addShare(slot, share, plan.popularityBit());
        return slot;
    }

    /** Gives an item its share that is in the list by a rule or by chance, and was not brought up. */
    void settle(Scratch scratch, int slot) {
        if (position < headEnd && table != null && !scratch.has(slot, plan.popularityBit())) {
            PopularHead head = plan.popularHead(table, segmentRow, headEnd);
            int place = head.placeOf(scratch.itemAt(slot));
            if (place > 0) {
                scratch.addShare(slot, scale.share(head.score(place)), plan.popularityBit());
            }
        }
    }

    private float bestAllowed(Table popularity, Scratch scratch, int end) {
        for (int i = popularity.rowStart(segmentRow); i < end; i++) {
            if (!scratch.has(scratch.slot(popularity.item(i)), Scratch.DROPPED)) {
                return popularity.score(segmentRow, i);
            }
        }
        return 0;
    }

    /**
     * Fills until so many items are eligible, if there are.
     *
     * @return whether there may be more
     */
    boolean fill(Scratch scratch, int wanted) {
        while (position < headEnd && scratch.eligible() < wanted) {
            next(scratch);
        }
        if (table != null) {
            fillFromRow(table, scratch, wanted);
            if (row == segmentRow && segmentRow != everybody && position == table.rowEnd(row)) {
                row = everybody;
                headEnd = 0; // the head was in the row before, and is all brought up
                position = table.rowStart(everybody);
                fillFromRow(table, scratch, wanted);
            }
        }
        int[] rest = plan.index().unpopular();
        boolean rowsAreOver = table == null || (row == everybody && position == table.rowEnd(row));
        while (rowsAreOver && unpopular < rest.length && scratch.eligible() < wanted) {
            bringUp(scratch, rest[unpopular++], 0);
        }
        return !(rowsAreOver && unpopular == rest.length);
    }

    private void fillFromRow(Table popularity, Scratch scratch, int wanted) {
        int end = popularity.rowEnd(row);
        int bit = plan.popularityBit();
        while (position < end && scratch.eligible() < wanted) {
            bringUp(scratch, popularity.item(position++), bit);
        }
    }

    private void bringUp(Scratch scratch, int item, int bit) {
        int slot = scratch.slot(item);
        if (!scratch.isBroughtUp(slot)) {
            scratch.fill(slot, Float.intBitsToFloat(Float.floatToIntBits(FILL_SCORE) - filled++), bit);
        }
    }
}
