package dev.recsys.eval;

/** Bits that look random and follow from a number: the mix of Steele, Lea, Flood, "Fast splittable PRNGs", OOPSLA 2014, fig. 17. */
final class SplitMix {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    SplitMix(long seed) {
        this.state = mix(seed + GOLDEN);
    }

    boolean nextBit() {
        state += GOLDEN;
        return mix(state) < 0;
    }

    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
