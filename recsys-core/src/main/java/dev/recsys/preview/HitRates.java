package dev.recsys.preview;

import java.time.Duration;

/**
 * How often a list holds an item that its user took afterwards: a hit. Of requests that were followed by an outcome of the same
 * user within a time. Users saw the list of then, mostly that of the current release, and take what they see: the current
 * release is favoured.
 *
 * @param within how long after a request an outcome counts
 * @param followed how many requests were followed by an outcome
 * @param both how many of them have a hit in both lists
 * @param onlyCurrent in the list of the current release alone
 * @param onlyCandidate in the list of the candidate alone
 */
public record HitRates(Duration within, long followed, long both, long onlyCurrent, long onlyCandidate) {
    private static final double Z = 1.959964; // 97.5 % of the standard normal distribution

    /** Returns the share of followed requests with a hit in the list of the current release, 0 if none was followed. */
    public double current() {
        return share(both + onlyCurrent);
    }

    /** Returns the share of followed requests with a hit in the list of the candidate, 0 if none was followed. */
    public double candidate() {
        return share(both + onlyCandidate);
    }

    /** Returns by how much the rate of the candidate is higher than that of the current release. */
    public double difference() {
        return share(onlyCandidate - onlyCurrent);
    }

    /** Returns the lower end of the 95 % interval of the difference, see {@link #high}. */
    public double low() {
        return Math.max(-1, adjusted() - Z * deviation());
    }

    /**
     * Returns the upper end of the 95 % interval of the difference: the adjusted Wald interval of paired shares, which adds one
     * to each of the two counts of requests with one hit. Bonett, Price: Adjusted Wald Confidence Interval for a Difference of
     * Binomial Proportions Based on Paired Data, Journal of Educational and Behavioral Statistics 37(4), 2012.
     * Takes requests as independent; those of one user are not, so that it is rather too narrow.
     */
    public double high() {
        return Math.min(1, adjusted() + Z * deviation());
    }

    private double share(long requests) {
        return followed == 0 ? 0 : (double) requests / followed;
    }

    private double adjusted() {
        return (double) (onlyCandidate - onlyCurrent) / (followed + 2);
    }

    private double deviation() {
        double discordant = (double) (onlyCandidate + onlyCurrent + 2) / (followed + 2);
        return StrictMath.sqrt((discordant - adjusted() * adjusted()) / (followed + 2));
    }
}
