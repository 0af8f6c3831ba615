package dev.recsys.eval;

import java.util.List;

/**
 * Whether arms have the shares that were planned: Pearson's chi-square test of goodness of fit (Philosophical Magazine 50,
 * 1900). Where they have not, users were lost or counted twice, and no effect can be trusted: Fabijan et al., "Diagnosing
 * sample ratio mismatch in online controlled experiments", KDD 2019, section 3.
 *
 * @param chiSquare the sum of the squared differences to the expected counts, each by the expected count
 * @param degreesOfFreedom the number of arms less one
 * @param pValue how likely a chi-square of at least that is by chance
 */
public record SampleRatio(double chiSquare, int degreesOfFreedom, double pValue) {
    /** Below this p a mismatch is no chance: the convention of Kohavi, Tang, Xu, "Trustworthy online experiments", 2020, ch. 21. */
    public static final double THRESHOLD = 0.001;

    /**
     * Compares counts with planned shares, which need not add up to 1.
     *
     * @throws IllegalArgumentException if there are fewer than two arms, as many shares as counts are not there, a count is
     *     negative, a share is not above 0, or nobody was counted
     */
    public static SampleRatio of(List<Long> counts, List<Double> shares) {
        if (counts.size() < 2 || counts.size() != shares.size()) {
            throw new IllegalArgumentException("there are " + counts.size() + " counts and " + shares.size()
                    + " shares; expected as many of each, and at least 2");
        }
        long total = 0;
        Sum planned = new Sum();
        for (int arm = 0; arm < counts.size(); arm++) {
            total += Checks.atLeast(0, "count " + arm, counts.get(arm));
            double share = shares.get(arm);
            if (!(share > 0 && Double.isFinite(share))) {
                throw new IllegalArgumentException("share " + arm + " is " + share + "; expected above 0");
            }
            planned.add(share);
        }
        Checks.atLeast(1, "the sum of counts", total);
        Sum sum = new Sum();
        for (int arm = 0; arm < counts.size(); arm++) {
            double expected = total * (shares.get(arm) / planned.value());
            double difference = counts.get(arm) - expected;
            sum.add(difference * difference / expected);
        }
        int freedom = counts.size() - 1;
        double chiSquare = sum.value();
        double pValue = SpecialFunctions.chiSquareTail(chiSquare, freedom);
        return new SampleRatio(chiSquare, freedom, pValue);
    }

    /** Returns whether the shares are not those that were planned. */
    public boolean isMismatch() {
        return pValue < THRESHOLD;
    }
}
