package dev.recsys.proofs.matrix;

import dev.recsys.proofs.Verdict;
import java.util.List;

/**
 * What came of a cell.
 *
 * @param cell which
 * @param mark what was told
 * @param requests how many requests the operation took
 * @param verdict what the judge says
 * @param wrong what else should not happen
 */
record CellResult(Cell cell, Mark mark, int requests, Verdict verdict, List<String> wrong) {
    CellResult {
        wrong = List.copyOf(wrong);
    }

    /** Returns the result of a cell; a ghost after a lie in the server's words is no violation, and has a mark of its own. */
    static CellResult of(Cell cell, Mark mark, int requests, Verdict verdict, List<String> wrong) {
        Verdict otherwise = new Verdict(
                verdict.acknowledged(),
                verdict.lost(),
                0,
                verdict.duplicate(),
                verdict.torn(),
                verdict.regressed(),
                verdict.dangling(),
                List.of());
        boolean isLiedTo = cell.isALieInTheServersWords() && verdict.ghost() > 0 && otherwise.isSound();
        return isLiedTo
                ? new CellResult(cell, Mark.LIED_TO, requests, otherwise, wrong)
                : new CellResult(cell, mark, requests, verdict, wrong);
    }

    boolean isSound() {
        return verdict.isSound() && wrong.isEmpty();
    }

    /** Returns the letter for the table. */
    char letter() {
        return (isSound() ? mark : Mark.WRONG).letter();
    }

    /** Returns the same with what was told compared to what happens undisturbed. */
    CellResult comparedTo(int undisturbedRequests) {
        return mark == Mark.DONE && requests > undisturbedRequests
                ? new CellResult(cell, Mark.DONE_WITH_MORE, requests, verdict, wrong)
                : this;
    }
}
