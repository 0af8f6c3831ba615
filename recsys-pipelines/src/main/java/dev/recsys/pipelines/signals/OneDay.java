package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import dev.recsys.sums.DayFigures;
import dev.recsys.sums.DaySums;
import dev.recsys.sums.ItemSum;
import dev.recsys.sums.PairSum;
import dev.recsys.sums.PopularitySum;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** The sums of one day, computed from its events and sessions. */
final class OneDay implements DaySums {
    private static final String EVERYBODY = "";

    private final Part part;
    private final Events events;
    private final Baskets baskets; // of this day
    private final SumSettings settings;
    private final IdOrder ids;

    /**
     * The day's part of the events.
     *
     * @param day which day
     * @param start its first event
     * @param end the first event of a later day
     * @param isOfWindow whether it is summed together with all days of its window
     */
    record Part(LocalDate day, int start, int end, boolean isOfWindow) {}

    OneDay(Part part, Events events, Baskets baskets, SumSettings settings, IdOrder ids) {
        this.part = part;
        this.events = events;
        this.baskets = baskets;
        this.settings = settings;
        this.ids = ids;
    }

    @Override
    public DayFigures figures() {
        DayFigures none = DayFigures.none(part.day());
        boolean happened = part.end() > part.start();
        Instant newestSession = none.newestSession();
        for (int basket = 0; basket < baskets.count(); basket++) {
            Instant began = Instant.ofEpochMilli(baskets.firstMillis(basket));
            newestSession = basket == 0 || began.isAfter(newestSession) ? began : newestSession;
        }
        return new DayFigures(
                part.day(),
                part.end() - part.start(),
                baskets.count(),
                occurrences().all(),
                startedBefore(none.oldest()),
                part.isOfWindow() ? 0 : startedBefore(none.oldest().minus(1, ChronoUnit.DAYS)),
                happened ? Instant.ofEpochMilli(events.millis(part.start())) : none.oldest(),
                happened ? Instant.ofEpochMilli(events.millis(part.end() - 1)) : none.newest(),
                newestSession);
    }

    private long startedBefore(Instant time) {
        long count = 0;
        for (int basket = 0; basket < baskets.count(); basket++) {
            count += baskets.firstMillis(basket) < time.toEpochMilli() ? 1 : 0;
        }
        return count;
    }

    @Override
    public void popularity(Consumer<PopularitySum> taker) {
        int size = part.end() - part.start();
        DayPopularity sums = new DayPopularity(events, weights());
        for (int event = part.start(); event < part.end(); event++) {
            sums.add(event);
        }
        sums.drainTo(EVERYBODY, taker);
        Grouping bySegment = new Grouping(size, events.segmentCount(), event -> events.segmentOf(part.start() + event));
        for (int segment = 0; segment < bySegment.keys(); segment++) {
            for (int i = bySegment.start(segment); i < bySegment.end(segment); i++) {
                sums.add(part.start() + bySegment.at(i));
            }
            sums.drainTo(events.segment(segment), taker);
        }
    }

    /** Ages count from the day's newest event, so that none is negative and nothing is ever multiplied up. */
    private EventWeights weights() {
        PopularitySettings popularity = settings.popularity();
        Instant newest = figures().newest();
        Instant asOf = popularity.asOf().filter(newest::isAfter).orElse(newest);
        return new EventWeights(events, popularity, asOf.toEpochMilli());
    }

    @Override
    public void items(Consumer<ItemSum> taker) {
        Occurrences occurrences = occurrences();
        for (int item = 0; item < events.itemCount(); item++) {
            if (occurrences.of(item) > 0) {
                taker.accept(new ItemSum(events.itemId(item), occurrences.of(item)));
            }
        }
    }

    private Occurrences occurrences() {
        return Occurrences.of(settings.cooc(), baskets, events.itemCount());
    }

    @Override
    public void pairs(Consumer<PairSum> taker) {
        boolean counted = CoocMatrix.isCounted(settings.cooc());
        PairCounts counts =
                CoocMatrix.counts(settings.cooc(), baskets, events.itemCount()).get();
        for (int item = 0; item < events.itemCount(); item++) {
            String id = events.itemId(item);
            int rank = ids.rank(item);
            counts.forEach(item, (neighbour, common, share) -> {
                if (ids.rank(neighbour) > rank) {
                    double sum = counted ? common : share / PairShares.UNITS;
                    taker.accept(new PairSum(id, events.itemId(neighbour), common, sum));
                }
            });
        }
    }
}
