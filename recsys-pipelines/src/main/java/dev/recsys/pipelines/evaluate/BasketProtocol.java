package dev.recsys.pipelines.evaluate;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.Progress;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.table.Catalogue;
import dev.recsys.table.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The protocol {@code basket}: every item of a later session is hidden in turn, the rest of the session is the query,
 * and the whole training catalogue but the query is ranked (Krichene, Rendle: On Sampled Metrics for Item
 * Recommendation, KDD 2020). Items whose score equals the hidden item's rank before it; a hidden item that training
 * does not know is a miss. Sessions count that begin at the split or later and have at least two different items.
 */
public final class BasketProtocol {
    private static final long MISS = Long.MAX_VALUE;

    private final Catalogue catalogue;
    private final Scorer scorer;
    private final ProgressListener listener;

    /**
     * Creates the protocol for the tables that would be served.
     *
     * @param cooc the neighbours, if that signal is evaluated
     * @param popularity the popular items, if that signal is evaluated
     * @param listener hears of progress
     * @throws IllegalArgumentException if there is no table
     */
    public BasketProtocol(Optional<Table> cooc, Optional<Table> popularity, ProgressListener listener) {
        List<Table> tables =
                Stream.of(cooc, popularity).flatMap(Optional::stream).toList();
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("there is no signal to evaluate");
        }
        this.catalogue = Catalogue.of(tables);
        this.scorer = new Scorer(
                cooc.map(table -> table.renumbered(catalogue)),
                popularity.map(table -> table.renumbered(catalogue)),
                catalogue.size());
        this.listener = listener;
    }

    /**
     * Evaluates the sessions that begin at the split or later.
     *
     * @param events what {@code baskets} was made of
     * @param baskets the sessions of training and of test
     * @param split where test begins
     */
    public BasketMetrics run(Events events, Baskets baskets, Instant split) {
        int[] numbers = new int[events.itemCount()]; // [item] number in the catalogue, or -1
        for (int item = 0; item < numbers.length; item++) {
            numbers[item] = catalogue.indexOf(events.itemId(item));
        }
        Progress progress = new Progress(listener, Phase.EVALUATE, baskets.count());
        MetricSums sums = new MetricSums();
        for (int basket : inOrder(baskets, split)) {
            sums.addSession(ranks(baskets, basket, numbers));
            progress.at(sums.metrics().sessions());
        }
        progress.done();
        return sums.metrics();
    }

    /** The order in which sessions are summed must not depend on how they happen to be numbered. */
    private static int[] inOrder(Baskets baskets, Instant split) {
        return IntStream.range(0, baskets.count())
                .filter(basket -> baskets.end(basket) - baskets.start(basket) >= 2)
                .filter(basket ->
                        !Instant.ofEpochMilli(baskets.firstMillis(basket)).isBefore(split))
                .boxed()
                .sorted((left, right) -> compare(baskets, left, right))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int compare(Baskets baskets, int left, int right) {
        int byTime = Long.compare(baskets.firstMillis(left), baskets.firstMillis(right));
        return byTime != 0 ? byTime : Arrays.compare(items(baskets, left), items(baskets, right));
    }

    private static int[] items(Baskets baskets, int basket) {
        int[] items = new int[baskets.end(basket) - baskets.start(basket)];
        for (int i = 0; i < items.length; i++) {
            items[i] = baskets.item(baskets.start(basket) + i);
        }
        return items;
    }

    private long[] ranks(Baskets baskets, int basket, int[] numbers) {
        int[] items = items(baskets, basket);
        long[] ranks = new long[items.length];
        int[] query = new int[items.length];
        for (int hidden = 0; hidden < items.length; hidden++) {
            int queryLength = 0;
            for (int i = 0; i < items.length; i++) {
                if (i != hidden && numbers[items[i]] >= 0) {
                    query[queryLength++] = numbers[items[i]];
                }
            }
            int hiddenNumber = numbers[items[hidden]];
            ranks[hidden] = hiddenNumber < 0 ? MISS : rank(hiddenNumber, query, queryLength);
        }
        return ranks;
    }

    private long rank(int hidden, int[] query, int queryLength) {
        double[] scores = scorer.score(query, queryLength);
        long notWorse = 0;
        for (double score : scores) {
            notWorse += score >= scores[hidden] ? 1 : 0;
        }
        for (int i = 0; i < queryLength; i++) {
            notWorse -= scores[query[i]] >= scores[hidden] ? 1 : 0;
        }
        return notWorse; // counts the hidden item itself, which makes it a rank from 1
    }
}
