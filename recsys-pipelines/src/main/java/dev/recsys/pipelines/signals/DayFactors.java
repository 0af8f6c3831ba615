package dev.recsys.pipelines.signals;

import dev.recsys.sums.DayFigures;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * By how much what is known of each day has decayed. Ages within a day count from its newest event or session, so that what
 * is left is the time from there to the newest one of all; both together are {@code 2^(-age / half-life)}.
 */
final class DayFactors {
    private final SortedMap<LocalDate, Double> events = new TreeMap<>();
    private final SortedMap<LocalDate, Double> sessions = new TreeMap<>();
    private double sessionShare;

    DayFactors(Collection<DayFigures> days, SumSettings settings) {
        Instant newest = Instant.MIN;
        Instant newestSession = Instant.MIN;
        for (DayFigures day : days) {
            newest = day.events() > 0 ? later(newest, day.newest()) : newest;
            newestSession = day.sessions() > 0 ? later(newestSession, day.newestSession()) : newestSession;
        }
        Instant asOf = settings.popularity().asOf().orElse(newest);
        double halfLifeMillis = settings.popularity().halfLife().toMillis();
        PairWeights weights = settings.cooc().weights();
        for (DayFigures day : days) {
            if (day.events() > 0) {
                long age = Math.max(0, asOf.toEpochMilli() - day.newest().toEpochMilli());
                events.put(day.day(), StrictMath.pow(2, -age / halfLifeMillis));
            }
            if (day.sessions() > 0) {
                double factor = weights.byAge(
                        newestSession.toEpochMilli() - day.newestSession().toEpochMilli());
                sessions.put(day.day(), factor);
                sessionShare += factor * day.share();
            }
        }
    }

    /** Returns the factors of what events count, by day. */
    SortedMap<LocalDate, Double> ofEvents() {
        return events;
    }

    /** Returns the factors of what sessions count, by day. */
    SortedMap<LocalDate, Double> ofSessions() {
        return sessions;
    }

    /** Returns what all sessions count together. */
    double sessionShare() {
        return sessionShare;
    }

    private static Instant later(Instant one, Instant other) {
        return other.isAfter(one) ? other : one;
    }
}
