package dev.recsys.proofs.simulate;

import dev.recsys.proofs.Verdict;
import dev.recsys.store.Sha256;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one schedule came to.
 *
 * @param seed which schedule
 * @param events how many things happened
 * @param trace the digest of all of them, in order
 * @param verdict the judge's
 * @param broken what else was wrong: a handle without an end, a reader that stays behind, an operation that passed over
 *     somebody's decision, an unexpected failure
 */
record Outcome(long seed, long events, Sha256 trace, Verdict verdict, List<String> broken) {
    boolean isSound() {
        return verdict.isSound() && broken.isEmpty();
    }

    /** Returns what was wrong, one line each. */
    List<String> findings() {
        return Stream.concat(verdict.findings().stream(), broken.stream()).toList();
    }
}
