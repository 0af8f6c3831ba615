package dev.recsys.proofs.cost;

import java.time.Duration;

/**
 * Who reads and who ships.
 *
 * @param jvms how many processes serve
 * @param surfaces how many each of them has in use
 * @param shipsADay how often each surface gets a new release
 */
record Fleet(int jvms, int surfaces, int shipsADay) {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int DAYS_OF_A_MONTH = 30;

    Fleet {
        if (jvms < 1 || surfaces < 1 || shipsADay < 0) {
            throw new IllegalArgumentException("a fleet has " + jvms + " JVMs and " + surfaces + " surfaces with "
                    + shipsADay + " ships a day; expected at least one of each and no negative number of ships");
        }
    }

    static double aMonth(double aDay) {
        return aDay * DAYS_OF_A_MONTH;
    }

    /** Returns how often the whole fleet polls in a day; jitter makes no difference on average. */
    double pollsADay(Duration refresh) {
        return (double) jvms * surfaces * DAY.toMillis() / refresh.toMillis();
    }

    /** Returns the same if one object told of all surfaces, and each was still asked for now and then. */
    double pollsADayWithAHint(Duration refresh, Duration backstop) {
        return (double) jvms * DAY.toMillis() / refresh.toMillis() + pollsADay(backstop);
    }

    /** Returns how many times in a day something new is loaded. */
    double loadsADay() {
        return (double) jvms * surfaces * shipsADay;
    }

    double allShipsADay() {
        return (double) surfaces * shipsADay;
    }
}
