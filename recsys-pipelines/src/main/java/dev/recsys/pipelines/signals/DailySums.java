package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import dev.recsys.sums.DaySums;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What each day adds to popularity and co-visitation. A session belongs to the day of its newest event, with all that it
 * has on the days before. So the sums of the days of a window add up to what its events give at once.
 *
 * <p>Takes what {@link CoocSignal} takes, and 20 bytes a session. Rows are computed while they are asked for.
 */
public final class DailySums {
    private static final long DAY_MILLIS = 86_400_000;

    private final Events events;
    private final SumSettings settings;
    private final Span span;

    private DailySums(Events events, SumSettings settings, Span span) {
        this.events = events;
        this.settings = settings;
        this.span = span;
    }

    /**
     * Which days are summed.
     *
     * @param readFrom the first day whose events are looked at; sessions begin there at the earliest
     * @param from the first day that is summed
     * @param until the last day that is summed
     * @param readUntil the last day whose events are looked at: sessions that go on until then belong to no day before
     */
    public record Span(LocalDate readFrom, LocalDate from, LocalDate until, LocalDate readUntil) {
        /**
         * Checks the order.
         *
         * @throws IllegalArgumentException if the days are not in their order
         */
        public Span {
            if (readFrom.isAfter(from) || from.isAfter(until) || until.isAfter(readUntil)) {
                throw new IllegalArgumentException("the days " + readFrom + ", " + from + ", " + until + ", "
                        + readUntil + " are not in their order");
            }
        }

        /** Returns the span of a window that is summed as a whole. */
        public static Span window(LocalDate from, LocalDate until) {
            return new Span(from, from, until, until);
        }
    }

    /** Sums up days: one for each in their order, also for one on which nothing happened. */
    public static List<DaySums> of(Events events, Span span, SumSettings settings) {
        long start = startOf(span.readFrom());
        long end = startOf(span.readUntil().plusDays(1));
        boolean all = events.size() == 0 || (events.millis(0) >= start && events.millis(events.size() - 1) < end);
        Events looked =
                all ? events : events.where(event -> events.millis(event) >= start && events.millis(event) < end);
        return new DailySums(looked, settings, span).all();
    }

    private List<DaySums> all() {
        Baskets baskets = Baskets.of(events, settings.sessions());
        int days = Math.toIntExact(span.until().toEpochDay() - span.from().toEpochDay() + 1);
        int[] dayOf = daysOf(baskets, days);
        Grouping byDay = new Grouping(baskets.count(), days, basket -> dayOf[basket]);
        IdOrder ids = new IdOrder(events);
        boolean isWhole = span.readFrom().equals(span.from());
        List<DaySums> all = new ArrayList<>();
        int end = firstEventFrom(startOf(span.from()), 0);
        for (int day = 0; day < days; day++) {
            int start = end;
            LocalDate date = span.from().plusDays(day);
            end = firstEventFrom(startOf(date.plusDays(1)), start);
            int[] ofDay = new int[byDay.end(day) - byDay.start(day)];
            for (int i = 0; i < ofDay.length; i++) {
                ofDay[i] = byDay.at(byDay.start(day) + i);
            }
            OneDay.Part part = new OneDay.Part(date, start, end, isWhole);
            all.add(new OneDay(part, events, baskets.only(ofDay), settings, ids));
        }
        return all;
    }

    /** Returns the day of each session's newest event, counted from the first that is summed; -1 if it is none of them. */
    private int[] daysOf(Baskets baskets, int days) {
        int[] byBasket = new int[baskets.count()];
        int[] next = new int[1];
        SessionOrder order = new SessionOrder(events, settings.sessions());
        long start = startOf(span.from());
        order.forEach((first, end) -> {
            long day = Math.floorDiv(events.millis(order.event(end - 1)) - start, DAY_MILLIS);
            byBasket[next[0]++] = day < 0 || day >= days ? -1 : (int) day;
        });
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
