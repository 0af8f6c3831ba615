package dev.recsys.pipelines.signals;

/**
 * The constants of BM25.
 *
 * @param k1 how slowly a term that occurs often saturates, from 0 to 1000
 * @param b how much the length of a document counts, from 0 to 1
 */
public record Bm25(double k1, double b) {
    /** 1.2 and 0.75, as Robertson and Zaragoza 2009, section 3.4.3, find them sensible in many cases. */
    public static final Bm25 DEFAULT = new Bm25(1.2, 0.75);

    private static final double MAX_K1 = 1_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number; the message names it
     */
    public Bm25 {
        Params.requireRange("k1", k1, 0, MAX_K1);
        Params.requireRange("b", b, 0, 1);
    }
}
