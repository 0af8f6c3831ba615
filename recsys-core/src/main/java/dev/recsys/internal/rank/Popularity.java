package dev.recsys.internal.rank;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.table.Table;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is popular: a signal by the head of its list, and, whatever it weighs, what fills a list. It fills with the segment's
 * list, then everybody's, then with what neither has, by id. Goes on where it stopped; one request uses it.
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
        int row = request.segment().map(table.get()::rowOf).orElse(everybody);
        if (row < 0) {
            degradations.add(new Degradation(Kind.UNKNOWN_SEGMENT, "the release has no list for the segment"));
        }
        return new Popularity(plan, table.get(), row < 0 ? everybody : row, everybody);
    }

    /**
     * Brings the head of the list up as a signal: as many as configured, and then as many as it takes to have k. The list is
     * best first and names each item once, so that its best item is known before any share is.
     */
    void bringUp(Scratch scratch, int k, float weight, Trace trace, List<Degradation> degradations) {
        if (table == null) {
            degradations.add(new Degradation(
                    Kind.SIGNAL_MISSING, "the release has no " + ArtifactType.POPULARITY + " that can be served"));
            return;
        }
        String name = ArtifactType.POPULARITY.name();
        int bit = plan.bit(name);
        int end = table.rowEnd(segmentRow);
        int head = (int)
                Math.min(end, (long) table.rowStart(segmentRow) + plan.config().popularityHead());
        Scale scale = new Scale(weight, bestAllowed(table, scratch, scratch.eligible() < k ? end : head));
        while (position < end && (position < head || scratch.eligible() < k)) {
            int item = table.item(position);
            float score = table.score(segmentRow, position);
            float share = scale.share(score);
            trace.contributed(name, item, score, weight, share);
            scratch.addShare(item, share, bit);
            position++;
        }
    }

    private float bestAllowed(Table popularity, Scratch scratch, int end) {
        for (int i = popularity.rowStart(segmentRow); i < end; i++) {
            if (scratch.isAllowed(popularity.item(i))) {
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
        if (table != null) {
            fillFromRow(table, scratch, wanted);
            if (row == segmentRow && segmentRow != everybody && position == table.rowEnd(row)) {
                row = everybody;
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
        int bit = plan.bit(ArtifactType.POPULARITY.name());
        while (position < end && scratch.eligible() < wanted) {
            bringUp(scratch, popularity.item(position++), bit);
        }
    }

    private void bringUp(Scratch scratch, int item, int bit) {
        if (!scratch.isBroughtUp(item)) {
            scratch.fill(item, Float.intBitsToFloat(Float.floatToIntBits(FILL_SCORE) - filled++), bit);
        }
    }
}
