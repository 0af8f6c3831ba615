package dev.recsys.proofs;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a run came to; sound if everything but {@code acknowledged} is zero.
 *
 * @param acknowledged operations that said they took effect
 * @param lost of these, those without a revision
 * @param ghost operations that said they never take effect, and have a revision
 * @param duplicate operations with more than one revision
 * @param torn reads that were not whole, or not what a manifest says
 * @param regressed revisions that do not follow the one before, and readers that went back
 * @param dangling retained releases with an artifact that is not there
 * @param findings one line for each violation, the first hundred
 */
public record Verdict(
        int acknowledged,
        int lost,
        int ghost,
        int duplicate,
        int torn,
        int regressed,
        int dangling,
        List<String> findings) {
    /** Of nothing at all. */
    public static final Verdict NONE = new Verdict(0, 0, 0, 0, 0, 0, 0, List.of());

    private static final int MAX_FINDINGS = 100;

    /** Returns the sum of two. */
    public Verdict plus(Verdict other) {
        return new Verdict(
                acknowledged + other.acknowledged,
                lost + other.lost,
                ghost + other.ghost,
                duplicate + other.duplicate,
                torn + other.torn,
                regressed + other.regressed,
                dangling + other.dangling,
                Stream.concat(findings.stream(), other.findings.stream())
                        .limit(MAX_FINDINGS)
                        .toList());
    }

    /** Returns whether the protocol held. */
    public boolean isSound() {
        return lost + ghost + duplicate + torn + regressed + dangling == 0;
    }

    /** Returns the figures on one line. */
    @Override
    public String toString() {
        return "acknowledged " + acknowledged + ", lost " + lost + ", ghost " + ghost + ", duplicate " + duplicate
                + ", torn " + torn + ", regressed " + regressed + ", dangling " + dangling;
    }
}
