package dev.recsys.eval;

/**
 * What another policy would have got, by one estimator.
 *
 * @param estimator how it was estimated
 * @param reward its mean reward
 * @param lift its mean reward less that of the logging policy; both are of the same rows, and so is the interval
 * @param weights the weights, which say how far to trust it, and whether they were clipped
 * @param varyingRows how many rows have another reward than the most frequent one, such as clicks where few click
 */
public record OffPolicyEstimate(
        Estimator estimator, Estimate reward, Estimate lift, Weights weights, long varyingRows) {
    /** Returns the mean reward. */
    public double value() {
        return reward.value();
    }

    /** Returns the lower end of its interval. */
    public double low() {
        return reward.interval().low();
    }

    /** Returns the upper end of its interval. */
    public double high() {
        return reward.interval().high();
    }

    /** Returns how many rows of the policy itself would tell about as much. */
    public double effectiveSampleSize() {
        return weights.effectiveSampleSize();
    }

    /** Returns how many rows the log has. */
    public long rows() {
        return weights.rows();
    }
}
