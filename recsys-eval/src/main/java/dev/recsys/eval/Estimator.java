package dev.recsys.eval;

/** How the reward of another policy is estimated from a log. */
public enum Estimator {
    /**
     * Inverse propensity scoring, the mean of weight times reward: Horvitz, Thompson, "A generalization of sampling without
     * replacement from a finite universe", JASA 47 (1952), section 3. Unbiased; of large variance where weights are large.
     */
    IPS,
    /**
     * Self-normalised: the sum of weight times reward by the sum of weights. Swaminathan, Joachims, "The self-normalized
     * estimator for counterfactual learning", NIPS 2015, section 4. Its bias vanishes with the number of rows.
     */
    SNIPS,
    /**
     * Doubly robust: a model's prediction, corrected by the weighted residuals. Dudík, Langford, Li, "Doubly robust policy
     * evaluation and learning", ICML 2011, section 2. Each half of the log is predicted by a model of the other one:
     * Chernozhukov et al., "Double/debiased machine learning", Econometrics Journal 21 (2018), section 3.
     */
    DR
}
