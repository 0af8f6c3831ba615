package dev.recsys.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a log must have before anything is said of another policy.
 *
 * @param effectiveSampleSize at least so many rows of the policy itself would tell as much
 * @param rows at least so many rows
 * @param varyingRows at least so many rows with another reward than the most frequent one
 */
public record Minimum(double effectiveSampleSize, long rows, long varyingRows) {
    /** 500 effective rows, 1,000 rows, 30 rewards: convention, not theory. */
    public static final Minimum DEFAULT = new Minimum(500, 1_000, 30);

    /** By so many standard errors the mean weight may miss 1; by chance it misses by four once in sixteen thousand logs. */
    private static final double ERRORS = 4;

    private static final double ROUNDING = 1e-9;

    /** Refuses what no log could miss or meet. */
    public Minimum {
        if (!(effectiveSampleSize >= 0 && Double.isFinite(effectiveSampleSize))) {
            throw new IllegalArgumentException(
                    "the minimum of the effective sample size is " + effectiveSampleSize + "; expected at least 0");
        }
        Checks.atLeast(0, "the minimum of rows", rows);
        Checks.atLeast(0, "the minimum of varying rows", varyingRows);
    }

    /**
     * Says whether a policy is better than the one that wrote the log, or refuses to. Several estimators must agree.
     *
     * @throws IllegalArgumentException if there is no estimate
     */
    public Verdict judge(List<OffPolicyEstimate> estimates) {
        if (estimates.isEmpty()) {
            throw new IllegalArgumentException("there is no estimate to judge; expected at least one");
        }
        return Verdict.of(estimates.stream().map(OffPolicyEstimate::lift).toList(), refusals(estimates.get(0)));
    }

    private List<Refusal> refusals(OffPolicyEstimate estimate) {
        List<Refusal> refusals = new ArrayList<>();
        if (estimate.rows() < rows) {
            refusals.add(new Refusal(
                    Refusal.Reason.ROWS,
                    "the log has " + estimate.rows() + " rows, expected at least " + rows + "; log more"));
        }
        if (estimate.effectiveSampleSize() < effectiveSampleSize) {
            refusals.add(new Refusal(
                    Refusal.Reason.EFFECTIVE_SAMPLE_SIZE,
                    text(
                            "the effective sample size is %.1f of %d rows, expected at least %s; log more, or explore"
                                    + " more where the policies differ",
                            estimate.effectiveSampleSize(), estimate.rows(), plain(effectiveSampleSize))));
        }
        if (estimate.varyingRows() < varyingRows) {
            refusals.add(new Refusal(
                    Refusal.Reason.REWARDS,
                    "only " + estimate.varyingRows()
                            + " rows have another reward than the most frequent one, expected at" + " least "
                            + varyingRows + "; log more, or take a reward that is less rare"));
        }
        Estimate mean = estimate.weights().unclipped();
        double error = (mean.interval().high() - mean.value()) / Interval.Z;
        if (Math.abs(mean.value() - 1) > ERRORS * error + ROUNDING) {
            refusals.add(new Refusal(
                    Refusal.Reason.WEIGHTS,
                    text(
                            "the mean weight is %.4f with a standard error of %.4f, expected 1; the propensities are not"
                                    + " those of the logging policy, or it never takes what the policy takes",
                            mean.value(), error)));
        }
        return refusals;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
