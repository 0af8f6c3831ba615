package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import dev.recsys.sums.DaySums;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What each day adds to popularity and co-visitation. A session belongs to the day of its newest event, with all that it
 * has on the days before; beyond the days that are summed it is cut. So the sums of days that are summed together add up to
 * what the same events give as one window.
 *
 * <p>Takes what {@link CoocSignal} takes, and 4 bytes a session. Rows are computed while they are asked for.
 */
public final class DailySums {
    private static final long DAY_MILLIS = 86_400_000;

    private final Events events; // of the days that are summed
    private final SumSettings settings;
    private final LocalDate from;
    private final int days;
    private final SessionCuts cuts;

    private DailySums(Events events, SumSettings settings, LocalDate from, int days, SessionCuts cuts) {
        this.events = events;
        this.settings = settings;
        this.from = from;
        this.days = days;
        this.cuts = cuts;
    }

    /**
     * Sums up days.
     *
     * @param events may have more days than those; they tell which sessions are cut, and count nothing
     * @param from the first day
     * @param until the last day, not before the first
     * @return one for each day in their order, also for one on which nothing happened
     */
    public static List<DaySums> of(Events events, LocalDate from, LocalDate until, SumSettings settings) {
        long start = startOf(from);
        long end = startOf(until.plusDays(1));
        boolean all = events.size() == 0 || (events.millis(0) >= start && events.millis(events.size() - 1) < end);
        Events inside =
                all ? events : events.where(event -> events.millis(event) >= start && events.millis(event) < end);
        SessionCuts cuts = all
                ? SessionCuts.NONE
                : SessionCuts.of(new SessionOrder(events, settings.sessions()), events, start, end);
        int days = Math.toIntExact((end - start) / DAY_MILLIS);
        return new DailySums(inside, settings, from, days, cuts).all();
    }

    private List<DaySums> all() {
        Baskets baskets = Baskets.of(events, settings.sessions());
        int[] dayOf = daysOf(baskets);
        Grouping byDay = new Grouping(baskets.count(), days, basket -> dayOf[basket]);
        IdOrder ids = new IdOrder(events);
        List<DaySums> all = new ArrayList<>();
        int end = 0;
        for (int day = 0; day < days; day++) {
            int start = end;
            LocalDate date = from.plusDays(day);
            end = firstEventFrom(startOf(date.plusDays(1)), start);
            int[] ofDay = new int[byDay.end(day) - byDay.start(day)];
            for (int i = 0; i < ofDay.length; i++) {
                ofDay[i] = byDay.at(byDay.start(day) + i);
            }
            long cut = (day == 0 ? cuts.atStart() : 0) + (day == days - 1 ? cuts.atEnd() : 0);
            all.add(new OneDay(new OneDay.Span(date, start, end, cut), events, baskets.only(ofDay), settings, ids));
        }
        return all;
    }

    /** Returns the day of each session's newest event, counted from the first. */
    private int[] daysOf(Baskets baskets) {
        int[] byBasket = new int[baskets.count()];
        int[] next = new int[1];
        SessionOrder order = new SessionOrder(events, settings.sessions());
        long start = startOf(from);
        order.forEach((first, end) ->
                byBasket[next[0]++] = (int) ((events.millis(order.event(end - 1)) - start) / DAY_MILLIS));
        return byBasket;
    }

    private int firstEventFrom(long millis, int start) {
        int event = start;
        while (event < events.size() && events.millis(event) < millis) {
            event++;
        }
        return event;
    }

    private static long startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
