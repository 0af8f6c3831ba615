package dev.recsys.pipelines.events;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads the time of an event: ISO-8601 date and time, with a blank for the T or not, with seconds and a fraction or
 * not, with an offset or else in UTC; or a number of seconds, or of milliseconds, since 1970.
 *
 * <p>A number below 10^11 counts seconds (up to the year 5138), one from there to below 10^14 milliseconds (from March
 * 1973); larger ones are refused. What is finer than a millisecond is cut off.
 */
final class EventTime {
    /** What stands for the time of events that have none: the beginning of 1970. */
    static final String NONE = "0";

    private static final long MILLIS_FROM = 100_000_000_000L;
    private static final long REFUSED_FROM = 100_000_000_000_000L;
    private static final int MIN_DATE_TIME = "2011-12-09T08:26".length();
    private static final int MAX_DIGITS = 15;

    private final byte[] utf8;
    private final int end;
    private int at;

    private EventTime(byte[] utf8, int from, int to) {
        this.utf8 = utf8;
        this.at = from;
        this.end = to;
    }

    static Instant parse(String text) throws LineRefused {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Instant.ofEpochMilli(millis(utf8, 0, utf8.length));
    }

    /** Returns the time that a range of bytes tells, in milliseconds since 1970. */
    static long millis(byte[] utf8, int from, int to) throws LineRefused {
        try {
            return new EventTime(utf8, from, to).millis();
        } catch (DateTimeException e) {
            throw unexpected();
        }
    }

    private long millis() throws LineRefused {
        boolean date = end - at >= MIN_DATE_TIME && utf8[at + 4] == '-';
        long millis = date ? dateTime() : number();
        if (at != end) {
            throw unexpected();
        }
        return millis;
    }

    private long number() throws LineRefused {
        boolean negative = skip('-');
        long whole = 0;
        int start = at;
        while (isDigit() && at - start < MAX_DIGITS) {
            whole = whole * 10 + digit();
        }
        if (at == start || whole >= REFUSED_FROM) {
            throw unexpected();
        }
        boolean seconds = whole < MILLIS_FROM;
        int fraction = skip('.') ? fractionMillis() : 0;
        long millis = seconds ? whole * 1000 + fraction : whole;
        return negative ? -millis : millis;
    }

    private long dateTime() throws LineRefused {
        int year = digits(4);
        require('-');
        int month = digits(2);
        require('-');
        int day = digits(2);
        if (!skip('T') && !skip('t')) {
            require(' ');
        }
        int hour = atMost(23, digits(2));
        require(':');
        int minute = atMost(59, digits(2));
        int second = skip(':') ? atMost(59, digits(2)) : 0;
        int fraction = skip('.') || skip(',') ? fractionMillis() : 0;
        long days = LocalDate.of(year, month, day).toEpochDay();
        return (((days * 24 + hour) * 60 + minute - offsetMinutes()) * 60 + second) * 1000 + fraction;
    }

    private int offsetMinutes() throws LineRefused {
        if (at == end || skip('Z') || skip('z')) {
            return 0;
        }
        int sign = skip('-') ? -1 : 1;
        if (sign > 0) {
            require('+');
        }
        int hours = atMost(18, digits(2));
        boolean more = skip(':') || at < end;
        int minutes = more ? atMost(59, digits(2)) : 0;
        return sign * (hours * 60 + minutes);
    }

    private int fractionMillis() throws LineRefused {
        int millis = 0;
        int start = at;
        while (isDigit()) {
            int digit = digit();
            millis = at - start <= 3 ? millis * 10 + digit : millis;
        }
        if (at == start) {
            throw unexpected();
        }
        for (int digits = at - start; digits < 3; digits++) {
            millis *= 10;
        }
        return millis;
    }

    private int digits(int count) throws LineRefused {
        int value = 0;
        for (int i = 0; i < count; i++) {
            if (!isDigit()) {
                throw unexpected();
            }
            value = value * 10 + digit();
        }
        return value;
    }

    private int digit() {
        return utf8[at++] - '0';
    }

    private boolean skip(char expected) {
        boolean there = at < end && utf8[at] == expected;
        at += there ? 1 : 0;
        return there;
    }

    private void require(char expected) throws LineRefused {
        if (!skip(expected)) {
            throw unexpected();
        }
    }

    private static int atMost(int max, int value) throws LineRefused {
        if (value > max) {
            throw unexpected();
        }
        return value;
    }

    private boolean isDigit() {
        return at < end && utf8[at] >= '0' && utf8[at] <= '9';
    }

    private static LineRefused unexpected() {
        return LineRefused.malformed("ts is no time; expected one such as 2011-12-09T08:26:00Z, 2011-12-09 08:26:00"
                + " (UTC), or seconds or milliseconds since 1970");
    }
}
