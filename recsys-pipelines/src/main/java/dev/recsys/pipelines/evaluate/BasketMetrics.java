package dev.recsys.pipelines.evaluate;

/**
 * The figures of an evaluation with one hidden item a case: means over the cases of a session, then over the sessions;
 * 0 without sessions.
 *
 * @param sessions how many sessions were evaluated
 * @param cases how many hidden items were ranked
 * @param hitRateAt10 the share of cases whose item is among the first 10
 * @param recallAt20 the share of cases whose item is among the first 20
 * @param ndcgAt10 {@code 1 / log2(rank + 1)} within the first 10, else 0; Järvelin, Kekäläinen 2002, with one relevant
 *     item
 */
public record BasketMetrics(long sessions, long cases, double hitRateAt10, double recallAt20, double ndcgAt10) {}
